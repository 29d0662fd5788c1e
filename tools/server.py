"""The app, served on this machine for as long as somebody looks at it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import explorer

APP = Path(explorer.__file__).parent / "app.py"


@contextmanager
def serving(
    app: Path = APP, *arguments: str, host: str = "127.0.0.1", folder: Path = APP.parent.parent
) -> Iterator[str]:
    """A Streamlit app on a free port of this machine; ends with the context.

    Arguments and errors as `start`.

    Yields:
        Where this machine finds it.
    """
    port = free_port()
    server = start(port, app, *arguments, host=host, folder=folder)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def start(
    port: int, app: Path = APP, *arguments: str, host: str = "127.0.0.1", folder: Path = APP.parent.parent
) -> subprocess.Popen[bytes]:
    """Starts a Streamlit app, and waits until it answers.

    Args:
        port: where it listens.
        app: its script.
        arguments: the script's own.
        host: the address that the server listens at: this machine only, unless another one is given.
        folder: where it is started.

    Raises:
        RuntimeError: the app ended before it was ready.
        TimeoutError: it did not answer within a minute.
    """
    options = ["--server.headless=true", f"--server.port={port}", f"--server.address={host}"]
    command = [sys.executable, "-m", "streamlit", "run", str(app), *options, "--server.fileWatcherType=none"]
    server = subprocess.Popen([*command, "--", *arguments], cwd=folder)
    try:
        until_healthy(port, server)
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ends what `start` started."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:  # it waits for connections that a browser left open
        server.kill()
        server.wait()


def until_healthy(port: int, server: subprocess.Popen[bytes]) -> None:
    """Waits until an app answers at a port of this machine, or a proxy with an app behind it.

    Raises:
        RuntimeError: the process ended before it was ready.
        TimeoutError: it did not answer within a minute.
    """
    url = f"http://127.0.0.1:{port}/_stcore/health"
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"it ended with {server.returncode} before it was ready: see what it printed above")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nobody answered at {url} within a minute")
