"""A session's files on the server are bounded, however many it sends at once."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from explorer.uploads import MOST_HELD, Uploads, held

FILE = MOST_HELD // 3
"""Bytes: three stay below what is allowed, and the fourth is the last that is taken."""


class Server:
    """What keeps files as Streamlit does, and answers 204."""

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self.busy = 0
        self.most_busy = 0
        self.app = Uploads(self.take, lambda session: self.files.get(session, 0))

    async def take(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        await asyncio.sleep(0)  # as while a file is on its way
        if scope["method"] == "PUT":
            session = scope["path"].split("/")[4]
            self.files[session] = self.files.get(session, 0) + FILE
        self.busy -= 1
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def ask(self, path: str, method: str = "PUT") -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        async def receive() -> Message:
            raise AssertionError("nothing is read here")

        await self.app({"type": "http", "method": method, "path": path}, receive, send)
        (status,) = statuses
        return status


def test_one_session_can_send_only_so_much_and_the_others_still_can() -> None:
    async def crowd() -> tuple[list[int], int]:
        server = Server()
        paths = [f"/base/_stcore/upload_file/greedy/{n}" for n in range(7)]
        statuses = await asyncio.gather(*map(server.ask, paths))
        assert server.most_busy == 1
        assert await server.ask("/base/_stcore/upload_file/other/1") == 204
        assert await server.ask(paths[0], "DELETE") == 204
        assert await server.ask("/base/_stcore/health", "GET") == 204
        return statuses, server.files["greedy"]

    statuses, kept = asyncio.run(crowd())
    assert statuses == [204] * 4 + [413] * 3
    assert kept == 4 * FILE


def test_what_streamlit_keeps_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(Runtime, "instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert held("a") == 0
    for name, size in (("one", 7), ("two", 11)):
        manager.add_file("a", UploadedFileRec(name, f"{name}.png", "image/png", bytes(size)))
    manager.add_file("b", UploadedFileRec("one", "one.png", "image/png", bytes(5)))
    assert (held("a"), held("b")) == (18, 5)
    manager.remove_file("a", "two")
    assert held("a") == 7
