"""python -m tools.faults: kills, a network's file that changes, a server that is started anew; what came of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from tests import tiny
from tools.faults.files import changed_files
from tools.faults.kills import killed_while_saving, silence
from tools.faults.restart import restarted


def faults(
    kills: Annotated[int, typer.Option(min=0, help="Of training while it saves.")] = 200,
    seconds: Annotated[float, typer.Option(min=0, help="In which a network's file changes under the app.")] = 60,
) -> None:
    """Do what goes wrong in a classroom; ends with 1 where something was lost."""
    lost = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kills:
            began = time.perf_counter()
            with silence():
                killed = killed_while_saving(folder, kills)
            print(
                f"{killed.kills} kills while saving, {killed.halves} in the middle of a file: {killed.runs} runs of "
                f"{killed.runs} ended as if nothing had happened, {time.perf_counter() - began:.0f} s",
                flush=True,
            )
        network = folder / "tiny.safetensors"
        subprocess.run([sys.executable, "-m", tiny.__name__, str(network)], check=True, capture_output=True)
        if seconds:
            changed = changed_files(folder, network, seconds)
            print(
                f"{changed.changes} changes of the network's file: {changed.answers} answers, {changed.refusals} of "
                f"them that it can't be loaded, {changed.errors} errors; the server lives",
                flush=True,
            )
            lost += changed.errors
        waited, differences = restarted(network)
        print(f"server killed and started again: pages back after {waited:.1f} s, lost: {differences or 'nothing'}")
        lost += len(differences)
    raise typer.Exit(1 if lost else 0)


if __name__ == "__main__":
    typer.run(faults)
