"""The app as it is started for a class, and what it does with what strangers ask and send."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from explorer.components.drawing_canvas.component import LONGEST_OBJECTS, LONGEST_PNG
from explorer.headers import FIXED, policy
from tools.fuzz.app import storm
from tools.server import free_port, stop, until_healthy

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "explorer" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
FOREIGN = "http://elsewhere.example"
SERVED = "component/explorer.components.served_files.folder"
LIBRARY = "_stcore/bidi-components/streamlit-drawable-canvas.streamlit_drawable_canvas"
FOLDERS = (SERVED, LIBRARY, "static", "app/static", "media")
WAYS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%2f__init__.py",
)
ODD = (f"/{SERVED}//etc/passwd", "/..%5c..%5cetc%5cpasswd", "/%00", "//etc/passwd", f"/{SERVED}/%00", f"/{SERVED}/")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The command of the README, on a port of its own, without a browser on this machine."""
    port = free_port()
    settings = {"SERVER_PORT": str(port), "SERVER_HEADLESS": "true", "SERVER_ADDRESS": "127.0.0.1"}
    environment = os.environ | {f"STREAMLIT_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "streamlit", "run", "explorer/app.py"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until_healthy(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: Message
    body: bytes


def asked(address: str, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """The answer to a path as it stands: nothing in it is tidied up."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as line:
        line.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders(body)
        answer = line.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def test_the_settings_suit_a_network_of_strangers() -> None:
    server, client = CONFIG["server"], CONFIG["client"]
    assert (server["enableXsrfProtection"], server["enableCORS"]) == (True, True)
    assert not server["enableStaticServing"]
    assert not server["enableAgentApi"]
    assert (client["showErrorDetails"], client["toolbarMode"], client["showErrorLinks"]) == ("none", "minimal", False)
    assert not CONFIG["browser"]["gatherUsageStats"]
    assert server["maxWidgetStateSize"] * 1e6 > LONGEST_PNG + LONGEST_OBJECTS
    assert server["maxMessageSize"] <= 20


def test_of_scripts_in_the_page_only_those_that_were_there_run() -> None:
    said = policy("<p><script>\n  a = 1\n</script><script type='module' src='b.js'></script>")
    assert "script-src 'self' blob: 'sha256-nHiJsB1GRX6Ku2XBkWKVt2F3CJiowPuMwhcJv+CWmC0=';" in said
    assert "'unsafe-eval'" not in said


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/routing?digit=%00", "/_stcore/health", "/nothing/../here"])
def test_all_answers_say_what_is_to_be_refused(address: str, path: str) -> None:
    answer = asked(address, path)
    for name, value in FIXED.items():
        assert answer.headers[name] == value
    said = answer.headers["Content-Security-Policy"]
    for wanted in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "'sha256-"):
        assert wanted in said


@pytest.mark.slow
def test_streamlits_own_settings_reach_browsers(address: str) -> None:
    assert b"streamlit.app" not in asked(address, "/_stcore/host-config").body
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        assert b"not_available" in asked(address, path, "POST", b"{}").body


@pytest.mark.slow
@pytest.mark.parametrize("path", [*(f"/{folder}/{way}" for folder in FOLDERS for way in WAYS), *ODD])
def test_no_path_leads_out_of_a_folder(address: str, path: str) -> None:
    answer = asked(address, path)
    body = answer.body
    assert b"root:" not in body
    assert b"import " not in body[:2000]
    assert answer.status in (400, 403, 404) or body.lstrip().startswith((b"<!--", b"<!DOCTYPE"))


@pytest.mark.slow
def test_a_file_comes_only_from_a_page_of_ours(address: str) -> None:
    path = "/_stcore/upload_file/00000000-0000-0000-0000-000000000000/1"
    assert asked(address, path, "PUT", b"x").status == 403
    assert asked(address, path, "PUT", b"x", Cookie="_streamlit_xsrf=a", X_Xsrftoken="b").status == 403
    answer = asked(address, path, "OPTIONS", Origin=FOREIGN)
    assert answer.headers.get("Access-Control-Allow-Origin") not in ("*", FOREIGN)


@pytest.mark.slow
@pytest.mark.parametrize("header", ["a" * 200_000, "\xff\xfe", "-1"])
def test_headers_that_nobody_sends_are_answered(address: str, header: str) -> None:
    for name in ("Cookie", "Host", "Accept-Encoding", "Range", "X-Forwarded-For"):
        try:
            assert asked(address, "/", "GET", b"", **{name: header}).status in (200, 206, 400, 403, 416, 431)
        except (ConnectionError, http.client.HTTPException):
            assert len(header) > 1000


@pytest.mark.slow
def test_a_websocket_from_elsewhere_is_refused(address: str) -> None:
    stream = f"ws{address.removeprefix('http')}/_stcore/stream"

    async def lines() -> None:
        for origin in (FOREIGN, "null", "https://127.0.0.1.elsewhere.example"):
            with pytest.raises(InvalidStatus) as caught:
                async with connect(stream, origin=origin):  # type: ignore[arg-type]
                    raise AssertionError(origin)
            assert caught.value.response.status_code == 403
        async with connect(stream, origin=address, max_size=None) as line:  # type: ignore[arg-type]
            await line.send(b"\0" * 6_000_000)
            await asyncio.wait_for(line.wait_closed(), 20)

    asyncio.run(lines())


@pytest.mark.slow
def test_messages_that_no_browser_sends_are_answered_and_touch_nobody_else(address: str) -> None:
    result = asyncio.run(storm(address, 28, foreign=0, a_line=4))
    assert result.failures == {}
    assert result.outcomes.total() == result.inputs == 28
    assert len(result.outcomes) == 7  # pages
    assert asked(address, "/_stcore/health").status == 200
