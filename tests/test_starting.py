"""How the explorer is started."""

from __future__ import annotations

import asyncio
import importlib
import logging
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import ModuleType

import pytest
import streamlit as st

import explorer
from tools.server import free_port


@pytest.mark.slow
def test_the_app_as_a_plain_python_file_says_how_to_start_it(tmp_path: Path) -> None:
    app = Path(explorer.__file__).parent / "app.py"
    run = subprocess.run([sys.executable, str(app)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "streamlit run explorer/app.py" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The server as Streamlit imports it."""
    monkeypatch.setattr("streamlit.config._main_script_path", None)  # an `App` sets it for the whole process
    monkeypatch.delitem(sys.modules, "explorer.app", raising=False)
    return importlib.import_module("explorer.app")


@pytest.mark.parametrize(
    ("headless", "host", "opened"),
    [
        (True, None, []),
        (False, None, ["http://localhost:8123/room"]),
        (False, "0.0.0.0", ["http://localhost:8123/room"]),  # noqa: S104 - never listened at
        (False, "192.0.2.7", ["http://192.0.2.7:8123/room"]),
    ],
)
def test_a_browser_opens_where_there_is_one(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch, headless: bool, host: str | None, opened: list[str]
) -> None:
    options = {
        "server.headless": headless,
        "server.address": host,
        "browser.serverPort": 8123,
        "server.baseUrlPath": "room",
        "server.sslCertFile": None,
        "global.developmentMode": False,
    }
    monkeypatch.setattr("streamlit.config.get_option", options.__getitem__)
    monkeypatch.setattr(st, "get_option", options.__getitem__)
    monkeypatch.setattr("streamlit.config.is_manually_set", lambda _: False)
    found: list[str] = []
    monkeypatch.setattr(app, "open_browser", found.append)

    async def start() -> None:
        async with app._opened(app.app):
            assert found == opened

    asyncio.run(start())


def test_it_is_seen_from_outside_where_that_is_asked_for(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/metrics"
    monkeypatch.setattr(st, "get_option", {"server.headless": True}.__getitem__)

    async def answers() -> bool:
        async with app._opened(app.app):
            try:
                with urllib.request.urlopen(address, timeout=20) as answer:
                    return b"capsnet_sessions_open" in answer.read()
            except OSError:
                return False

    assert not asyncio.run(answers())
    for refused in ("--metrics", "--help"):  # the page says what is wrong
        monkeypatch.setattr("sys.argv", ["app.py", refused])
        assert not asyncio.run(answers())
    monkeypatch.setattr("sys.argv", ["app.py", "--metrics", str(port)])
    assert asyncio.run(answers())
    assert not logging.getLogger("explorer.readings").handlers
    monkeypatch.setattr("sys.argv", ["app.py", "--log-readings"])
    assert not asyncio.run(answers())
    assert len(logging.getLogger("explorer.readings").handlers) == 1
    logging.getLogger("explorer.readings").handlers = []


def test_it_runs_the_script_that_tests_run(app: ModuleType) -> None:
    assert app.app.script_path == Path(explorer.__file__).parent / "run.py"
