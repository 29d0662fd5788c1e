"""Replicas of the app behind nginx on this machine, by the very files of `deploy/nginx`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.server import APP, free_port, start, stop, until_healthy

CONFIG = Path(__file__).parents[1] / "deploy" / "nginx"
PORTS = (8501, 8502)
"""Of the replicas, as `replicas.conf` has them."""
COOKIE = "capsnet_replica"
MISSING = "there is no nginx. On Debian and Ubuntu: apt-get install nginx-light"
_MAIN = """daemon off; pid nginx.pid; error_log stderr warn;
events {{ }}
http {{
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path a; uwsgi_temp_path b; scgi_temp_path c;
    include {file};
}}
"""
"""What surrounds `capsnet.conf` in a system's own configuration; all that is written stays in one folder."""


class Replicas(NamedTuple):
    """They run, and so does their proxy."""

    port: int
    """Where nginx listens, on this machine alone."""
    processes: list[subprocess.Popen[bytes]]
    """By the numbers of `replicas.conf`, which begin at 1. Those that stand here in the end are stopped."""
    ports: tuple[int, ...]
    """Where these listen."""


@contextmanager
def replicas(*arguments: str) -> Iterator[Replicas]:
    """Starts as many as `replicas.conf` names, with the arguments of the app's own, and nginx before them.

    Raises:
        LookupError: there is no nginx.
        RuntimeError, TimeoutError: as `tools.server.start`.
        subprocess.CalledProcessError: nginx does not take its configuration.
    """
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if not nginx:
        raise LookupError(MISSING)
    with ExitStack() as room:
        ports = tuple(free_port() for _ in PORTS)
        processes: list[subprocess.Popen[bytes]] = []
        room.callback(_stop, processes)
        processes.extend(start(port, APP, *arguments) for port in ports)
        yield Replicas(room.enter_context(_proxied(nginx, ports)), processes, ports)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        stop(process)


def configured(port: int, ports: Sequence[int]) -> dict[str, str]:
    """The shipped files by name, in which addresses alone are exchanged.

    Args:
        port: where nginx shall listen.
        ports: of the replicas, in the order of `replicas.conf`.
    """
    files = {}
    for file in CONFIG.glob("*.conf"):
        text = file.read_text(encoding="utf-8").replace("listen 8080;", f"listen 127.0.0.1:{port};")
        for number, (shipped, own) in enumerate(zip(PORTS, ports, strict=True), 1):
            text = text.replace(f"app-{number}:{shipped}", f"127.0.0.1:{own}").replace(f":{shipped}$", f":{own}$")
        files[file.name] = text
    return files


@contextmanager
def _proxied(nginx: str, ports: Sequence[int]) -> Iterator[int]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # started by root, nginx works as another user
        for name, text in configured(port, ports).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        main = Path(folder, "nginx.conf")
        main.write_text(_MAIN.format(file="capsnet.conf"), encoding="utf-8")
        command = [nginx, "-p", folder, "-c", str(main), "-e", "stderr"]
        subprocess.run([*command, "-t"], check=True)
        server = subprocess.Popen(command)
        try:
            until_healthy(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(10)
