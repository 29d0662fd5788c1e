"""The components' JavaScript in a page of its own, without the app: modules are served from their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import explorer.components

FOLDER = Path(explorer.components.__file__).parent


class Site(ThreadingHTTPServer):
    """An empty page, all modules, and under /bytes/ what a test gives: over HTTP, which takes a large file at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.files: dict[str, bytes] = {}
        """What stands under /bytes/, by name."""

    def file(self, path: str) -> tuple[str, bytes] | None:
        """The type and the bytes of what stands there; None where nothing does."""
        if path == "/":
            return "text/html", b"<!DOCTYPE html><body></body>"
        if path.startswith("/bytes/"):
            body = self.files.get(path.removeprefix("/bytes/"))
            return None if body is None else ("application/octet-stream", body)
        file = FOLDER / path.lstrip("/")
        return ("text/javascript", file.read_bytes()) if file.is_file() else None


class Answer(BaseHTTPRequestHandler):
    """What a `Site` answers."""

    server: Site
    protocol_version = "HTTP/1.1"  # a page keeps its connections

    def do_GET(self) -> None:
        kind, body = self.server.file(self.path) or ("", b"")
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        if kind == "text/javascript":  # no module changes while a test runs
            self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing of what went well."""


@contextmanager
def site() -> Iterator[Site]:
    """A site of its own, as long as it is used."""
    with Site() as served:
        Thread(target=served.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            served.shutdown()


class ModulePage:
    """An empty page that can import any module of the components."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site

    def open(self) -> None:
        """Begins anew: nothing is left of what ran before."""
        self.page.goto(self.site.address)

    def run(self, modules: str, code: str, argument: Any = None) -> Any:
        """What an async function body gives; `modules` are paths, the names that they export are in scope as `m`.

        Args:
            modules: separated by blanks, such as "shared/dom.js".
            code: the body; `m` holds all exports, `given` the argument.
            argument: plain data.
        """
        script = f"""async given => {{
            const files = {modules.split()!r}
            const m = Object.assign({{}}, ...await Promise.all(files.map(file => import("/" + file))))
            {code}
        }}"""
        return self.page.evaluate(script, argument)


@pytest.fixture(scope="module")
def module_page(browser: Browser) -> Iterator[ModulePage]:
    """One page for all tests of a file."""
    with site() as served, browser.new_context(viewport={"width": 800, "height": 600}) as context:
        yield ModulePage(context.new_page(), served)


@pytest.fixture
def modules(module_page: ModulePage) -> ModulePage:
    """The page, fresh for one test."""
    module_page.open()
    return module_page
