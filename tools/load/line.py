"""A browser's WebSocket to the app, with its cookies: by one of them a proxy knows which replica has the session."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

PATIENCE = 60.0
"""Seconds until an answer that has not come counts as an error."""
LARGEST = 2**26
"""Bytes of a message; the server's own limit is larger still."""
RETRY = 0.5
"""Seconds from one attempt to come back to the next."""


class NoAnswerError(Exception):
    """The server did not answer, or its script failed."""


class LineCutError(NoAnswerError):
    """The line was closed from the other side."""


class Line:
    """A line to the app at a URL; closed until `open`."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        scheme = "wss" if place.scheme == "https" else "ws"
        self._stream = f"{scheme}://{place.netloc}{place.path.rstrip('/')}/_stcore/stream"
        self._cookies: SimpleCookie = SimpleCookie()
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Opens it, with the cookies that it was given before.

        Raises:
            WebSocketException, OSError: it can't be opened.
        """
        cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in self._cookies.items())
        headers = {"Cookie": cookies} if cookies else None
        self._socket = await connect(
            self._stream, max_size=LARGEST, open_timeout=PATIENCE, compression=None, additional_headers=headers
        )
        answer = self._socket.response
        for cookie in answer.headers.get_all("Set-Cookie") if answer else []:
            self._cookies.load(cookie)

    async def reopen(self) -> None:
        """Opens it again, as soon as somebody answers.

        Raises:
            NoAnswerError: nobody did.
        """
        end = time.perf_counter() + PATIENCE
        while True:
            try:
                await self.close()
                return await self.open()
            except (WebSocketException, OSError) as error:
                if time.perf_counter() > end:
                    raise NoAnswerError(f"no way back within {PATIENCE:.0f} s: {error}") from error
                await asyncio.sleep(RETRY)

    async def close(self) -> None:
        """Closes it, if it is open."""
        if self._socket:
            await self._socket.close()

    async def send(self, data: bytes) -> None:
        """Says something."""
        try:
            await self._open_socket().send(data)
        except ConnectionClosed as error:
            raise LineCutError("the line was closed") from error

    async def receive(self) -> bytes:
        """Waits for a message."""
        try:
            data = await self._open_socket().recv()
        except ConnectionClosed as error:
            raise LineCutError("the line was closed") from error
        return data if isinstance(data, bytes) else data.encode()

    async def cut_within(self, seconds: float) -> bool:
        """Waits, unless the line is cut meanwhile; whether it was."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._open_socket().wait_closed()
                return True
        return False

    def _open_socket(self) -> ClientConnection:
        if not self._socket:
            raise LineCutError("the line is not open yet")
        return self._socket
