"""A browser that sends more than a person can is read slower; in order, and without loss."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from explorer.pace import BURST, RATE, Allowance, Pace


def test_an_allowance_by_hand() -> None:
    allowance = Allowance(7.0)
    assert [allowance.take(7.0) for _ in range(BURST)] == [0.0] * BURST
    assert allowance.take(7.0) == pytest.approx(1 / RATE)
    assert allowance.take(7.0) == pytest.approx(2 / RATE)
    assert allowance.take(8.0) == 0.0  # two are owed, as many as `RATE` have come
    assert [allowance.take(8.0) for _ in range(round(RATE) - 2)] == [0.0] * 2 + [pytest.approx(1 / RATE)]
    assert [allowance.take(1000.0) for _ in range(BURST + 1)][-2:] == [0.0, pytest.approx(1 / RATE)]


def heard(count: int, kind: str = "websocket") -> list[tuple[float, Message]]:
    """When an app hears each of `count` messages that come at once, and then that the browser has gone."""
    now = [0.0]
    found: list[tuple[float, Message]] = []
    coming = [{"type": "websocket.receive", "bytes": bytes([n])} for n in range(count)]
    waiting: list[Message] = [*coming, {"type": "websocket.disconnect", "code": 1000}]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent")

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while not found or found[-1][1]["type"] != "websocket.disconnect":
            message = await receive()
            found.append((now[0], message))

    scope: dict[str, Any] = {"type": kind}
    asyncio.run(Pace(app, lambda: now[0], sleep)(scope, receive, send))
    return found


def test_what_comes_faster_than_people_act_waits_in_order() -> None:
    found = heard(BURST + 11)
    assert [message["bytes"][0] for _, message in found[:-1]] == list(range(BURST + 11))
    moments = [moment for moment, _ in found]
    assert moments[:BURST] == [0.0] * BURST
    assert moments[BURST:-1] == pytest.approx([n / RATE for n in range(1, 12)])
    assert moments[-1] == moments[-2]  # who goes need not wait


def test_what_is_no_websocket_is_left_alone() -> None:
    assert {moment for moment, _ in heard(BURST + 11, kind="http")} == {0.0}
