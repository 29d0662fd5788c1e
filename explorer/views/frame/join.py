"""How phones in the room come to the view that the teacher sees."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import parse_qsl, urlencode

import segno
import streamlit as st

from explorer.text import Say

LARGEST = 15
"""Version of a QR code that is still read across a room: 77 x 77 modules, 520 characters."""
WITHOUT_DIGIT = ("network", "lang", "iterations", "step", "vary", "change", "square", "quarters", "again")
"""Parameters of a link that mean the same for any digit."""
LOOPBACK = ("localhost", "::1")
_ORIGIN = re.compile(r"https?://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]+)?(/|$)")


def render(link: str, say: Say) -> None:
    """The address as text and as a QR code; `link` is path and parameters of the view."""
    base = st.get_option("server.baseUrlPath")
    address = reached_address(st.context.url or "", base=base) or room_address(
        st.get_option("server.port"),
        bound_to=st.get_option("server.address"),
        base=base,
        secure=bool(st.get_option("server.sslCertFile")),
    )
    if address is None:
        st.write(say("header.phones_closed"))
        return
    st.write(say("header.phones_text"))
    st.markdown(f"**{address}**")
    code, whole = qr_code(address, link)
    drawn = code.svg_data_uri(scale=6, border=2, light="#fff", dark="#000")
    st.image(drawn, width=420, alt=say("header.phones_alt", address=address))
    if not whole:
        st.caption(say("header.phones_without_digit"))


def qr_code(address: str, link: str) -> tuple[segno.QRCode, bool]:
    """The code of a view that a phone reads from the last row, and whether it leads to the very digit.

    Args:
        address: the app's, without a slash at the end.
        link: path and parameters of the view, of any length. Where the code would have too many modules, the digit is
            left out, with what is about it; where it still has, so is all the rest.
    """
    path, _, query = link.partition("?")
    short = urlencode([(name, value) for name, value in parse_qsl(query) if name in WITHOUT_DIGIT])
    for candidate in (address + link, f"{address}{path}?{short}"):
        try:
            code = segno.make_qr(candidate, error="l")
        except segno.DataOverflowError:
            continue
        if int(code.version) <= LARGEST:
            return code, candidate == address + link
    return segno.make_qr(address, error="l"), False


def reached_address(url: str, *, base: str = "") -> str | None:
    """Where a browser on another machine found this app, without a slash at the end.

    Behind a proxy, or in a container, nobody else knows.

    Args:
        url: of a page of the app, as the browser says it.
        base: the path below which the app is served.

    Returns:
        The address; None: the browser is on the server's own machine, or says something else.
    """
    found = _ORIGIN.match(url)
    host = found and found["host"].strip("[]")
    if not found or not host or host in LOOPBACK or _is_loopback(host):
        return None
    return found[0].rstrip("/") + _below(base)


def room_address(port: int, *, bound_to: str | None = None, base: str = "", secure: bool = False) -> str | None:
    """Where other machines on the network find this app, without a slash at the end.

    Args:
        port: the server's.
        bound_to: the address that the server listens at; None: all of this machine's.
        base: the path below which the app is served.
        secure: whether it is served over TLS.

    Returns:
        The address; on a machine without a network that of itself. None: the server listens to its own machine only.
    """
    if bound_to in LOOPBACK or (bound_to and _is_loopback(bound_to)):
        return None
    host = bound_to if bound_to and bound_to not in ("0.0.0.0", "::") else _own_address()  # noqa: S104 - compared only
    named = f"[{host}]" if ":" in host else host  # an IPv6 address
    return f"{'https' if secure else 'http'}://{named}:{port}{_below(base)}"


def _below(base: str) -> str:
    return f"/{base.strip('/')}" if base.strip("/") else ""


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:  # a name
        return False


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only chooses the interface that leads outside.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"
