"""No session fills the server's memory: files that a browser sends stay there until it leaves, so they are bounded."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from weakref import WeakValueDictionary

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

MOST_HELD = 100_000_000
"""Bytes of files that a session may have on the server; the next one is refused. A photograph takes some 4 MB."""

_ADDRESS = re.compile(r".*/_stcore/upload_file/(?P<session>[^/]+)/[^/]+")


def held(session: str) -> int:
    """Bytes of files that a session has on the server."""
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return 0  # kept elsewhere
    return sum(len(file.data) for file in list(manager.file_storage.get(session, {}).values()))


class Uploads:
    """Middleware around the whole app: takes a session's files one after the other, and no more than it may have."""

    def __init__(self, app: ASGIApp, held: Callable[[str], int] = held) -> None:
        self._app, self._held = app, held
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        found = _ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        session = found["session"]
        line = self._lines.setdefault(session, asyncio.Lock())
        async with line:
            if self._held(session) < MOST_HELD:
                await self._app(scope, receive, send)
            else:
                await PlainTextResponse("too many files", 413)(scope, receive, send)
