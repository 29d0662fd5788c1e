"""The door of the whole app: messages of Streamlit's protocol that no browser would send, to every page."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from explorer.components.drawing_canvas.component import _is_flat
from tools.fuzz.door import Result
from tools.fuzz.messages import _shown, components
from tools.fuzz.stranger import Hostile, Stranger
from tools.fuzz.values import altered, anything
from tools.load.client import Client
from tools.load.line import Line, NoAnswerError

TOO_BIG = 1009
"""How a WebSocket is closed whose browser sends more at once than it may."""
PAGES = ("", "routing", "pose", "compare", "learn", "training", "code")
A_LINE = 24
"""Messages before the line is opened anew: the server slows down who sends more at once."""
PATIENCE = 5.0
"""Seconds for an answer that Streamlit may not give at all."""
DEEPEST = 60
"""Lists and objects within one another: Streamlit itself copies values, and reaches Python's limit where they are
nested deeper by far."""
FOREIGN = 0.05
"""How often a message is foreign to Streamlit itself."""


def values(count: int, number: int) -> list[Any]:
    """Values of JSON: what components say, with other things in some places, and anything."""
    found: list[Any] = []
    rights = [component.right for component in components().values()] + [_shown()]

    @seed(number)
    @settings(
        max_examples=-(-count // (len(rights) + 1)),
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*map(altered, rights), anything))
    def draw(drawn: tuple[Any, ...]) -> None:
        found.extend(value for value in drawn if _is_flat(value, DEEPEST))

    draw()
    return found


async def storm(url: str, count: int, number: int = 0, *, foreign: float = FOREIGN, a_line: int = A_LINE) -> Result:
    """Sends so many messages to an app, page by page; another session looks on, and stays as it is.

    Args:
        url: of the app.
        count: how many messages.
        number: the same number, the same messages.
        foreign: how often a message is foreign to Streamlit itself.
        a_line: messages before the line is opened anew.
    """
    chance, result = random.Random(number), Result()  # noqa: S311 - no secret
    drawn = values(min(count, 4000), number)
    async with _opened(url) as bystander:
        await bystander.open("")
        before, visits = _seen(bystander), 0
        while result.inputs < count:
            page = PAGES[visits % len(PAGES)]
            visits += 1

            def hostile(stranger: Stranger) -> Hostile:
                return stranger.hostile(chance, drawn, foreign=chance.random() < foreign)

            await _visit(url, page, min(a_line, count - result.inputs), hostile, result)
        await bystander.open("")
        if _seen(bystander) != before:
            result.failures["another session was touched"] = str(before)
    return result


async def _visit(url: str, page: str, count: int, make: Callable[[Stranger], Hostile], result: Result) -> None:
    async with _opened(url) as stranger:
        await stranger.open(page)
        for _ in range(count):
            hostile = make(stranger)
            result.inputs += 1
            began = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(PATIENCE if hostile.foreign else None):
                    await stranger.say(hostile.message)
                result.outcomes[f"{page or 'overview'}, answered"] += 1
            except (NoAnswerError, OSError, TimeoutError) as error:
                cut = error.__cause__
                if isinstance(cut, ConnectionClosed) and cut.rcvd and cut.rcvd.code == TOO_BIG:
                    result.outcomes[f"{page or 'overview'}, too much"] += 1
                elif hostile.foreign:
                    result.outcomes[f"{page or 'overview'}, foreign to Streamlit"] += 1
                else:
                    said = f"{page or 'overview'}: {type(error).__name__}: {str(error)[:200]}"
                    result.failures.setdefault(said, str(hostile.message.rerun_script.widget_states)[-1500:])
                return
            finally:
                result.slowest = max(result.slowest, asyncio.get_running_loop().time() - began)
        with suppress(NoAnswerError):
            await stranger._line.send(bytes(range(200, 250)))  # no message at all


def _seen(client: Client) -> tuple[object, ...]:
    """What a session shows of its own."""
    put = client.data("canvas")["put"]
    return put["session"], put["number"], put["digit"], client.data("address")["parameters"]


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Stranger]:
    """A stranger's line to the app."""
    async with Line(url) as line:
        yield Stranger(line, url)
