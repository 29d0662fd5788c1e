"""What browsers fetch over plain HTTP, beside Streamlit's own messages: weights and scripts.

Every file is named by what it holds, so that a browser which has it never asks again, and lies in a folder of this
process that Streamlit serves. What ends in ".gz" it serves as it is: its middleware compresses all other answers anew
each time, and thirty phones that come at once shall cost no computing.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from streamlit.components.v1 import declare_component

FOLDER = Path(tempfile.mkdtemp(prefix="capsnet-explorer-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

_ADDRESS = f"component/{__name__}.folder"
"""Of the folder, below the app's own address."""
_scripts: dict[str, bytes] = {}
"""What was served once and for all, by name."""


def address(name: str) -> str:
    """Where a file of this name is found, below the app's address, once it is there."""
    return f"{_ADDRESS}/{name}"


def is_served(name: str) -> bool:
    """Whether a file of this name is there now."""
    return (FOLDER / name).is_file()


def serve(name: str, content: bytes) -> str:
    """Serves a file from now on, all of it or nothing: it may be asked for at any moment.

    Returns:
        Its `address`.

    Raises:
        OSError: it can't be written.
    """
    _declare()
    FOLDER.mkdir(exist_ok=True)  # what cleans up old files for a machine may have taken it
    half = FOLDER / f"{name}.{get_ident()}.half"  # a class that comes at once makes it in several threads
    half.write_bytes(content)
    half.replace(FOLDER / name)
    return address(name)


@cache
def _declare() -> None:
    """Never shown: this is Streamlit's way to serve a folder that is not its own."""
    declare_component("folder", path=FOLDER)


def serve_script(name: str, script: str) -> str:
    """Serves a script from now on, under its name and what it holds.

    Returns:
        Its `address`.

    Raises:
        OSError: it can't be written.
    """
    content = script.encode()
    file = f"{name}-{sha256(content).hexdigest()[:16]}.js"
    _scripts[file] = content
    return address(file) if is_served(file) else serve(file, content)


def script_file(name: str) -> Path:
    """The file of a script by its name, written anew if something cleaned it up; there is none of another name.

    Raises:
        OSError: it can't be written.
    """
    if name in _scripts and not is_served(name):
        serve(name, _scripts[name])
    return FOLDER / name
