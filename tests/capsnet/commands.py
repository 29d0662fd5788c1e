"""The command line as a person meets it: what is printed, and how it ends."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch

from capsnet.cli import main


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def capsnet_command(*arguments: object) -> Outcome:
    """Runs `python -m capsnet` with these arguments, in this process."""
    argv = ["capsnet", *map(str, arguments)]
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err, patch.object(sys, "argv", argv):
        try:
            main()
        except SystemExit as end:
            return Outcome(int(end.code or 0), out.getvalue(), err.getvalue())
    return Outcome(0, out.getvalue(), err.getvalue())
