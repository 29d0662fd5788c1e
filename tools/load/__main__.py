"""python -m tools.load: thirty people at once, or as many as asked for, over Streamlit's own protocol.

They open the app, draw something new every three seconds, go from page to page and turn poses. Starts a server of its
own on this machine unless one is named.
"""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path
from typing import Annotated

import typer

from tools.load.people import PAUSE, Flooded, Outcome, Plan, flood, visit
from tools.load.report import Watch, fetched, lines
from tools.server import APP, free_port, start, stop

STAY = (10.0, 30.0)
"""Seconds for which those stay that come and go."""
FIRST = 2**31
"""Seed of the one who comes before all others."""
EVERY = 30.0
"""Seconds from one look at the memory to the next."""


def load(
    sessions: Annotated[int, typer.Option(min=1, help="People at once.")] = 30,
    seconds: Annotated[float, typer.Option(min=1, help="How long they stay.")] = 120,
    page: Annotated[str | None, typer.Option(help="Where all stay; else they go through all pages.")] = None,
    url: Annotated[str | None, typer.Option(help="Of an app that runs already.")] = None,
    pid: Annotated[list[int] | None, typer.Option(help="Its processes, whose CPU and memory are measured.")] = None,
    checkpoint: Annotated[Path | None, typer.Option(help="The network of the server that is started.")] = None,
    pause: Annotated[float, typer.Option(min=0, help="Seconds from one thing to the next.")] = PAUSE,
    floods: Annotated[int, typer.Option(min=0, help="Browsers beside them that send all they can.")] = 0,
    come_and_go: Annotated[
        bool, typer.Option(help="Sessions last for some 20 s, and others take their place.")
    ] = False,
) -> None:
    """Measure how long each waits, from a message to the end of the run."""
    if url:
        failed = measured(Plan(url, page, pause), pid or [], sessions, seconds, floods, come_and_go=come_and_go)
    else:
        port = free_port()
        server = start(port, APP, *(["--checkpoint", str(checkpoint.resolve())] if checkpoint else []))
        try:
            plan = Plan(f"http://127.0.0.1:{port}", page, pause)
            failed = measured(plan, [server.pid], sessions, seconds, floods, come_and_go=come_and_go)
        finally:
            stop(server)
    raise typer.Exit(1 if failed else 0)


def measured(
    plan: Plan, processes: list[int], sessions: int, seconds: float, floods: int = 0, *, come_and_go: bool = False
) -> int:
    """Prints what was measured; returns how many errors there were."""
    asyncio.run(visit(plan, 2 * plan.pause, Outcome(), FIRST))  # the first of all waits for what is made once
    outcome, watch = Outcome(), Watch(processes)
    flooded = asyncio.run(_room(plan, sessions, seconds, floods, outcome, watch, come_and_go=come_and_go))
    for heard, runs in flooded:
        print(f"one that floods: {heard} messages heard, {runs} runs begun in {seconds:.0f} s")
    for line in lines(outcome, watch.taken() if processes else None, sessions):
        print(line)
    print(fetched(plan.url, outcome.files))
    return len(outcome.errors)


async def _room(
    plan: Plan, sessions: int, seconds: float, floods: int, outcome: Outcome, watch: Watch, *, come_and_go: bool
) -> list[Flooded]:
    end = time.perf_counter() + seconds

    async def seat(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        await asyncio.sleep(chance.uniform(0, plan.pause))  # people don't act in step
        visitor = number
        while (left := end - time.perf_counter()) > plan.pause:
            await visit(plan, min(left, chance.uniform(*STAY)) if come_and_go else left, outcome, visitor)
            visitor += sessions

    looking = asyncio.create_task(_look(watch, time.perf_counter())) if come_and_go else None
    flooding = asyncio.gather(*(flood(plan, seconds, FIRST + number) for number in range(1, floods + 1)))
    await asyncio.gather(*(seat(number) for number in range(sessions)))
    if looking:
        looking.cancel()
    return await flooding


async def _look(watch: Watch, began: float) -> None:
    """Prints how much memory the server holds, again and again."""
    while True:
        print(f"{time.perf_counter() - began:5.0f} s: {watch.memory():.0f} MB", flush=True)
        await asyncio.sleep(EVERY)


if __name__ == "__main__":
    typer.run(load)
