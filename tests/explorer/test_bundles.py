"""Bundles compressed once: a browser gets what the file holds, and all else goes on as if nothing stood between."""

from __future__ import annotations

import asyncio
import errno
import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from explorer import bundles
from explorer.bundles import CompressedBundles
from explorer.components import served_files

SCRIPT = b"export const value = 1\n" * 997
ADDRESS = "/static/js/index.-f_1.js"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In place of Streamlit's."""
    for name, content in {"js/index.-f_1.js": SCRIPT, "css/a.b.css": b"p{}" * 100, "media/a.woff2": b"wOF2"}.items():
        file = tmp_path / "static" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
    (tmp_path / "index.html").write_bytes(b"<html>")
    monkeypatch.setattr(bundles, "get_static_dir", lambda: str(tmp_path))
    return tmp_path


@pytest.fixture
def app(folder: Path) -> CompressedBundles:
    return CompressedBundles(StaticFiles(directory=folder))


class Answer:
    """What an app says to one request."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    async def take(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            pairs = [(name.decode(), value.decode()) for name, value in message["headers"]]
            self.headers = dict(pairs)
            assert len(self.headers) == len(pairs)
        else:
            self.body += message["body"]


async def answer(app: ASGIApp, path: str = ADDRESS, method: str = "GET", **headers: str) -> Answer:
    found = Answer()
    given = {"accept-encoding": "gzip, deflate"} | {name.replace("_", "-"): text for name, text in headers.items()}
    scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": method, "path": path, "root_path": ""}
    pairs = [(name.encode(), text.encode()) for name, text in given.items()]
    await app({**scope, "headers": pairs}, never, found.take)
    return found


async def never() -> Any:
    await asyncio.Event().wait()


def ask(app: ASGIApp, path: str = ADDRESS, method: str = "GET", **headers: str) -> Answer:
    return asyncio.run(answer(app, path, method, **headers))


def test_a_bundle_comes_compressed_and_whole(app: CompressedBundles) -> None:
    found = ask(app)
    assert found.status == 200
    assert gzip.decompress(found.body) == SCRIPT
    assert len(found.body) < len(SCRIPT) / 10
    plain = ask(app, accept_encoding="br")
    assert plain.body == SCRIPT
    assert "content-encoding" not in plain.headers
    assert found.headers["content-type"] == plain.headers["content-type"]
    assert found.headers["last-modified"] == plain.headers["last-modified"]
    assert found.headers["etag"] != plain.headers["etag"]
    assert found.headers["content-length"] == str(len(found.body))
    assert found.headers["content-encoding"] == "gzip"
    assert found.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert found.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(ask(app, "/static/css/a.b.css").body) == b"p{}" * 100


def test_what_cannot_be_kept_comes_as_it_is_and_is_compressed_later(
    app: CompressedBundles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_original: Path, file: Path) -> None:
        file.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bundles, "_pack", full)
        assert ask(app).body == SCRIPT
    assert gzip.decompress(ask(app).body) == SCRIPT
    shutil.rmtree(app._folder)  # what cleans up old files for a machine does that
    assert ask(app).body == SCRIPT
    assert gzip.decompress(ask(app).body) == SCRIPT


def test_so_do_the_scripts_of_components(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    monkeypatch.setattr(served_files, "FOLDER", own)
    address = served_files.serve_script("race", SCRIPT.decode())
    served_files.serve("weights.gz", b"packed")
    app = CompressedBundles(StaticFiles(directory=folder))
    for _ in range(2):
        found = ask(app, f"/{address}")
        assert (found.headers["content-encoding"], gzip.decompress(found.body)) == ("gzip", SCRIPT)
        shutil.rmtree(own)  # as what cleans up old files of a machine does
    for other in ("weights.gz", "none.js"):  # handed on to those who don't have it
        with pytest.raises(HTTPException):
            ask(app, f"/{served_files.address(other)}")


def test_head_says_the_same_without_the_body(app: CompressedBundles) -> None:
    head = ask(app, method="HEAD")
    assert (head.status, head.headers, head.body) == (200, ask(app).headers, b"")


def test_a_part_is_one_of_the_compressed_file(app: CompressedBundles) -> None:
    whole = ask(app)
    part = ask(app, range="bytes=7-17", if_range=whole.headers["etag"])
    assert part.status == 206
    assert part.body == whole.body[7:18]
    assert part.headers["content-range"] == f"bytes 7-17/{len(whole.body)}"
    assert part.headers["content-encoding"] == "gzip"
    other = ask(app, range="bytes=7-17", if_range='"of another file"')
    assert (other.status, other.body) == (200, whole.body)


def test_a_browser_that_has_it_is_told_so_even_by_a_new_server(app: CompressedBundles, folder: Path) -> None:
    etag = ask(app).headers["etag"]
    for server in (app, CompressedBundles(StaticFiles(directory=folder))):
        found = ask(server, if_none_match=etag)
        assert (found.status, found.body) == (304, b"")
        assert found.headers["etag"] == etag
        assert found.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in found.headers


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.5, *;q=0", True),
        ("gzip;q=0.01", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("identity", False),
        ("", False),
    ],
)
def test_only_who_accepts_it_gets_it_compressed(app: CompressedBundles, accepted: str, compressed: bool) -> None:
    found = ask(app, accept_encoding=accepted)
    assert (found.headers.get("content-encoding") == "gzip") == compressed
    assert (gzip.decompress(found.body) if compressed else found.body) == SCRIPT


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("http", "GET", "/"),
        ("http", "GET", "/static/media/a.woff2"),
        ("http", "GET", "/static/js/none.js"),
        ("http", "GET", "/static/js/../js/index.-f_1.js"),
        ("http", "GET", f"/elsewhere{ADDRESS}"),
        ("http", "GET", f"{ADDRESS}/more"),
        ("http", "POST", ADDRESS),
        ("websocket", "GET", ADDRESS),
        ("lifespan", "GET", ADDRESS),
    ],
)
@pytest.mark.usefixtures("folder")
def test_all_else_is_handed_on_as_it_came(kind: str, method: str, path: str) -> None:
    given: list[Any] = []

    async def inner(*all_of_it: Any) -> None:
        given.extend(all_of_it)

    scope = {"type": kind, "method": method, "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    sent: Any = never
    asyncio.run(CompressedBundles(inner)(scope, never, sent))
    assert given == [scope, never, sent]


def test_below_an_address_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "get_option", lambda name: {"server.baseUrlPath": "/class.1/"}[name])
    app = CompressedBundles(StaticFiles(directory=folder))
    assert gzip.decompress(ask(app, f"/class.1{ADDRESS}").body) == SCRIPT
    assert "content-encoding" not in ask(app, ADDRESS).headers


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is compressed."""
    done: list[Path] = []
    pack = bundles._pack

    def counted(original: Path, file: Path) -> None:
        done.append(original)
        pack(original, file)

    monkeypatch.setattr(bundles, "_pack", counted)
    return done


def test_thirty_at_once_cost_no_more_than_one(app: CompressedBundles, packed: list[Path]) -> None:
    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(answer(app) for _ in range(30)), answer(app, "/static/css/a.b.css"))

    found = asyncio.run(crowd())
    assert {one.body for one in found[:30]} == {found[0].body}
    assert gzip.decompress(found[0].body) == SCRIPT
    assert sorted(file.suffix for file in packed) == [".css", ".js"]
    ask(app)
    assert len(packed) == 2


def test_who_goes_away_takes_it_from_nobody(app: CompressedBundles, packed: list[Path]) -> None:
    async def crowd() -> Answer:
        first, second = (asyncio.create_task(answer(app)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert gzip.decompress(asyncio.run(crowd()).body) == SCRIPT
    assert len(packed) == 1
