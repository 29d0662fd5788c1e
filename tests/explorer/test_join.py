"""Where phones in the room find the app."""

from __future__ import annotations

import socket

import pytest

from explorer.views.frame.join import room_address


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
