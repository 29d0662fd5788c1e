"""No session takes the room down: what one browser asks for is answered at the pace of a person.

Each message has the script run, and thirty people share one process. A browser that sends faster than anybody draws or
clicks, by mistake or on purpose, is read slower: its own messages wait in its own line, in order, and nobody else's do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BURST = 30
"""Messages that are taken at once: quick strokes, or steps from one end of the lesson to the other."""
RATE = 5.0
"""Messages a second that are taken for good: quicker than anybody draws."""


class Allowance:
    """How many messages a browser may still send: at most `BURST`, and `RATE` more each second."""

    def __init__(self, now: float) -> None:
        self._left, self._counted = float(BURST), now

    def take(self, now: float) -> float:
        """Takes one; `now` in seconds, never less than before.

        Returns:
            Seconds until it may be heard.
        """
        self._left = min(float(BURST), self._left + RATE * (now - self._counted)) - 1
        self._counted = now
        return max(0.0, -self._left / RATE)


class Pace:
    """Middleware around the whole app, which slows websockets down and hands on everything else.

    What waits is not read from the network, so that it takes the browser's memory and not the server's.
    """

    def __init__(
        self,
        app: ASGIApp,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app, self._clock, self._sleep = app, clock, sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        clock = self._clock or asyncio.get_running_loop().time
        allowance = Allowance(clock())

        async def paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and (wait := allowance.take(clock())):
                await self._sleep(wait)
            return message

        await self._app(scope, paced, send)
