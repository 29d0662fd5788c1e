"""Where phones in the room find the app."""

from __future__ import annotations

import socket

import pytest
import segno

from explorer.views.frame.join import LARGEST, qr_code, reached_address, room_address

ROOM = "http://192.168.7.11:8501"


def modules(text: str) -> tuple[bytearray, ...]:
    return tuple(segno.make_qr(text, error="l").matrix)


def test_a_code_leads_to_the_very_view_where_phones_can_read_it() -> None:
    link = "/routing?network=drawn-fea6bc03&lang=en&digit=s." + "a" * 400
    code, whole = qr_code(ROOM, link)
    assert whole
    assert tuple(code.matrix) == modules(ROOM + link)


@pytest.mark.parametrize("characters", [500, 1700, 4000])
def test_a_long_drawing_is_left_out_of_the_code_with_what_is_about_it(characters: int) -> None:
    code, whole = qr_code(
        ROOM, f"/pose?network=drawn-fea6bc03&digit=s.{'a' * characters}&iterations=2&focus=3&pose=3.1.2"
    )
    assert not whole
    assert int(code.version) <= LARGEST
    assert tuple(code.matrix) == modules(f"{ROOM}/pose?network=drawn-fea6bc03&iterations=2")


def test_where_even_that_is_long_the_code_leads_to_the_app() -> None:
    code, whole = qr_code(ROOM, f"/pose?network={'a' * 600}-fea6bc03")
    assert not whole
    assert tuple(code.matrix) == modules(ROOM)


@pytest.mark.parametrize(
    ("bound_to", "base", "secure", "expected"),
    [
        ("10.2.3.5", "", False, "http://10.2.3.5:8501"),
        ("school.example", "/digits/", True, "https://school.example:8501/digits"),
        ("fd00::7", "", False, "http://[fd00::7]:8501"),
    ],
)
def test_an_address_that_the_server_listens_at_is_handed_out(
    bound_to: str, base: str, secure: bool, expected: str
) -> None:
    assert room_address(8501, bound_to=bound_to, base=base, secure=secure) == expected


@pytest.mark.parametrize("bound_to", ["127.0.0.1", "127.0.1.1", "::1", "localhost"])
def test_a_server_for_its_own_machine_has_no_address_for_others(bound_to: str) -> None:
    assert room_address(8501, bound_to=bound_to) is None


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://capsnet.school.example/routing", "", "https://capsnet.school.example"),
        ("http://192.168.7.11:8080/", "/digits/", "http://192.168.7.11:8080/digits"),
        ("http://[fd00::7]:8501", "", "http://[fd00::7]:8501"),
    ],
)
def test_a_browser_elsewhere_knows_the_address_that_a_proxy_has(url: str, base: str, expected: str) -> None:
    assert reached_address(url, base=base) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://localhost:8501/",
        "http://127.0.0.1:8501",
        "http://[::1]/",
        "file:///etc",
        "http://a@b.example/",
        "http://**x**/",
    ],
)
def test_what_leads_nobody_else_to_the_app_is_not_handed_out(url: str) -> None:
    assert reached_address(url) is None


class Probe:
    """A datagram socket of a machine with this address; None: one without a network."""

    def __init__(self, address: str | None) -> None:
        self.address = address

    def __call__(self, *_: object) -> Probe:
        return self

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, _: tuple[str, int]) -> None:
        if self.address is None:
            raise OSError("Network is unreachable")

    def getsockname(self) -> tuple[str | None, int]:
        return self.address, 40_000


@pytest.mark.parametrize("bound_to", [None, "0.0.0.0", "::"])  # noqa: S104 - a name, nothing is bound
def test_a_server_for_all_is_found_at_its_machines_address(
    monkeypatch: pytest.MonkeyPatch, bound_to: str | None
) -> None:
    monkeypatch.setattr(socket, "socket", Probe("192.168.7.11"))
    assert room_address(8502, bound_to=bound_to) == "http://192.168.7.11:8502"


def test_a_machine_without_a_network_finds_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", Probe(None))
    assert room_address(8501) == "http://localhost:8501"
