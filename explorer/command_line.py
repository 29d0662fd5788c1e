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

USAGE = (
    "streamlit run explorer/app.py -- [--checkpoint FILE] [--runs FOLDER] [--metrics [ADDRESS:]PORT] [--log-readings]"
)
LOOPBACK = "127.0.0.1"


class CommandLineError(CapsNetError):
    """It can't be understood; `values["given"]` is what was given."""

    def __init__(self, given: str) -> None:
        message = f"{USAGE}: expected nothing else; got {given}"
        super().__init__(message, "command_line", given=given)


@dataclass(frozen=True)
class CommandLine:
    """As in `USAGE`; all of it may be left out."""

    checkpoint: Path | None = None
    """The network to begin with."""
    runs: Path | None = None
    """The folder in which training writes, to be looked at meanwhile."""
    metrics: tuple[str, int] | None = None
    """Address and port at which Prometheus finds numbers; None: nowhere."""
    log_readings: bool = False
    """Whether each reading is a line of JSON on stderr."""


def command_line(arguments: Sequence[str] | None = None) -> CommandLine:
    """The arguments given, else those of this process. Nothing here may end it, as argparse does when left alone.

    Raises:
        CommandLineError: they say something else.
    """
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("--checkpoint")
    parser.add_argument("--runs")
    parser.add_argument("--metrics", type=_address)
    parser.add_argument("--log-readings", action="store_true")
    try:
        known, unknown = parser.parse_known_args(given)
    except argparse.ArgumentError as error:
        raise CommandLineError(shlex.join(given)) from error
    if unknown or "" in (known.checkpoint, known.runs):
        raise CommandLineError(shlex.join(given))
    return CommandLine(_path(known.checkpoint), _path(known.runs), known.metrics, known.log_readings)


def _path(given: str | None) -> Path | None:
    return Path(os.path.expanduser(given)) if given else None  # noqa: PTH111 - it never raises


def _address(text: str) -> tuple[str, int]:
    """Address and port from "9100", "0.0.0.0:9100" or "[::]:9100"; without an address, this machine alone.

    Raises:
        ValueError: it is none.
    """
    address, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ValueError(f"expected a port from 1 to 65535; got {port}")
    return address.strip("[]") or LOOPBACK, int(port)
