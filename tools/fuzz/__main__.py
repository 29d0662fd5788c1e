"""python -m tools.fuzz: sends what strangers may send to each door of the project, and tells what came of it."""

from __future__ import annotations

import asyncio
import warnings
from typing import Annotated

import typer
from streamlit.logger import set_log_level

from tools.fuzz import files, links, messages, names, pictures
from tools.fuzz.app import storm
from tools.fuzz.door import Door, Result, tried
from tools.server import serving

DOORS: dict[str, Door] = {
    door.name: door for module in (links, messages, pictures, files, names) for door in module.DOORS
}
APP = "app"


def fuzz(
    door: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(DOORS)}, {APP}; else all.")] = None,
    inputs: Annotated[int, typer.Option(min=1, help="How many for each but the app.")] = 15_000,
    messages: Annotated[int, typer.Option(min=1, help="How many for the app, which takes a few a second.")] = 1000,
    outcomes: Annotated[int, typer.Option(min=0, help="So many of the most frequent outcomes are told.")] = 0,
    first: Annotated[int, typer.Option(min=0, help="Seed of the first; others are others.")] = 0,
) -> None:
    """Send inputs to doors; ends with 1 where something came of one that should not."""
    warnings.simplefilter("ignore")
    set_log_level("CRITICAL")  # there is no page to show anything on
    failed = False
    for name in door or [*DOORS, APP]:
        result = _stormed(messages, first) if name == APP else tried(DOORS[name], inputs, first)
        print(line(name, result), flush=True)
        for said, given in result.failures.items():
            print(f"    {said}\n        {given}", flush=True)
        if outcomes:
            for said, times in result.outcomes.most_common(outcomes):
                print(f"    {times:7,} {said}", flush=True)
        failed = failed or bool(result.failures)
    raise typer.Exit(1 if failed else 0)


def _stormed(count: int, first: int) -> Result:
    """What came of messages to an app that is started for them."""
    with serving() as url:
        return asyncio.run(storm(url, count, first))


def line(name: str, result: Result) -> str:
    """What came of a door, in a line."""
    return (
        f"{name:12} {result.inputs:7,} inputs, {len(result.outcomes):4} distinct outcomes, "
        f"{len(result.failures)} failures, slowest {result.slowest:.2f} s"
    )


if __name__ == "__main__":
    typer.run(fuzz)
