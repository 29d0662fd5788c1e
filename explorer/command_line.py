"""What follows `--` on the command line of the app."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capsnet.errors import CapsNetError


class CommandLineError(CapsNetError):
    """It can't be understood; `values["given"]` is what was given."""

    def __init__(self, given: str) -> None:
        message = f"streamlit run explorer/app.py -- takes --checkpoint FILE and --runs FOLDER; got {given}"
        super().__init__(message, "command_line", given=given)


@dataclass(frozen=True)
class CommandLine:
    """`streamlit run explorer/app.py -- --checkpoint FILE --runs FOLDER`, both of which may be left out."""

    checkpoint: Path | None = None
    """The network to begin with."""
    runs: Path | None = None
    """The folder in which training writes, to be looked at meanwhile."""


def command_line(arguments: Sequence[str] | None = None) -> CommandLine:
    """The arguments given, else those of this process. Nothing here may end it, as argparse does when left alone.

    Raises:
        CommandLineError: they say something else.
    """
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("--checkpoint")
    parser.add_argument("--runs")
    try:
        known, unknown = parser.parse_known_args(given)
    except argparse.ArgumentError as error:
        raise CommandLineError(shlex.join(given)) from error
    if unknown or "" in (known.checkpoint, known.runs):
        raise CommandLineError(shlex.join(given))
    return CommandLine(*(value and Path(os.path.expanduser(value)) for value in (known.checkpoint, known.runs)))  # noqa: PTH111 - it never raises
