"""Scripts and style sheets, Streamlit's own and the components', compressed once for all who come.

Streamlit sends its own as they are, megabytes for each phone of a class: that a proxy compresses them is what it
expects, and in a classroom there is none. By gzip, since browsers take Brotli over HTTPS alone, and phones come by
plain HTTP.
"""

from __future__ import annotations

import asyncio
import atexit
import gzip
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.file_util import get_static_dir

from explorer.components import served_files

_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
"""In what a browser accepts; q=0 says that it does not."""


class CompressedBundles:
    """Middleware around the whole app: answers requests for bundles, and hands on all others.

    A bundle is compressed when it is first asked for, and kept in a folder of this process. Its name has a digest of
    what it holds in it, so it never changes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._folder = Path(tempfile.mkdtemp(prefix="capsnet-explorer-bundles-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._files = StaticFiles(directory=self._folder)
        self._packing: dict[Path, asyncio.Task[None]] = {}
        base = str(get_option("server.baseUrlPath")).strip("/")
        start = re.escape(f"/{base}/" if base else "/")
        self._places: dict[re.Pattern[str], Callable[[str], Path]] = {
            re.compile(rf"{start}static/((?:js|css)/[\w.-]+\.(?:js|css))"): Path(get_static_dir(), "static").joinpath,
            re.compile(start + re.escape(served_files.address("")) + r"([\w.-]+\.js)"): served_files.script_file,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        original = self._asked_for(scope)
        if original is None:
            await self._app(scope, receive, send)
        elif not _GZIP.search(Headers(scope=scope).get("accept-encoding", "")) or not (
            packed := await self._packed(original)
        ):
            await self._app(scope, receive, _varying(send))
        else:
            response = self._files.file_response(*packed, scope)  # knows HEAD, ranges, and what is not modified
            response.headers["Cache-Control"] = "public, immutable, max-age=31536000"
            if response.status_code == 200:
                response.headers["Content-Encoding"] = "gzip"
            await response(scope, receive, _varying(send))

    def _asked_for(self, scope: Scope) -> Path | None:
        """The bundle that is asked for, where that is one."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        for address, file_of in self._places.items():
            with suppress(OSError):
                if (found := address.fullmatch(scope["path"])) and (original := file_of(found[1])).is_file():
                    return original
        return None

    async def _packed(self, original: Path) -> tuple[Path, os.stat_result] | None:
        """The compressed file of a bundle; all who ask meanwhile wait for the same work.

        None: it could not be written, as on a full disk, or something cleaned it up. It is tried again the next time.
        """
        file = self._folder / f"{original.name}.gz"
        if original not in self._packing:
            self._packing[original] = asyncio.create_task(run_in_threadpool(_pack, original, file))
        try:
            await asyncio.shield(self._packing[original])  # whoever goes away does not end it for the others
            return file, file.stat()
        except OSError:
            self._packing.pop(original, None)
            return None


def _pack(original: Path, file: Path) -> None:
    """The same bytes and the same time each time, so that the file's ETag is the same after a new start."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(gzip.compress(original.read_bytes(), mtime=0))
    modified = original.stat().st_mtime
    os.utime(file, (modified, modified))


def _varying(send: Send) -> Send:
    """Says of an answer that it depends on what the browser accepts."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return sending
