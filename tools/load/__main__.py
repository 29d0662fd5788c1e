"""python -m tools.load: thirty people at once, or as many as asked for, over Streamlit's own protocol.

They open the app, draw something new every three seconds, go from page to page and turn poses. Starts a server of its
own on this machine unless one is named.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from tools.load.people import PAUSE, Flooded, Outcome, Plan, flood, visit
from tools.load.report import Watch, fetched, lines
from tools.replicas import PORTS
from tools.replicas import replicas as replicated
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
    replicas: Annotated[int, typer.Option(min=1, max=len(PORTS), help="More than one stand behind nginx.")] = 1,
    kill: Annotated[bool, typer.Option(help="The first replica is killed at half-time.")] = False,
    pause: Annotated[float, typer.Option(min=0, help="Seconds from one thing to the next.")] = PAUSE,
    floods: Annotated[int, typer.Option(min=0, help="Browsers beside them that send all they can.")] = 0,
    come_and_go: Annotated[
        bool, typer.Option(help="Sessions last for some 20 s, and others take their place.")
    ] = False,
) -> None:
    """Measure how long each waits, from a message to the end of the run."""
    if (url and replicas > 1) or (kill and replicas == 1):
        raise typer.BadParameter("--kill needs --replicas 2, and --url starts none")
    room = Room(sessions, seconds, floods, come_and_go)
    if url:
        failed = measured(Plan(url, page, pause), pid or [], room)
    else:
        with _served(replicas, checkpoint) as (address, processes):
            plan = Plan(address, page, pause)
            failed = measured(plan, [each.pid for each in processes], room, processes[0] if kill else None)
    raise typer.Exit(1 if failed else 0)


@contextmanager
def _served(count: int, checkpoint: Path | None) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The app, or replicas behind nginx: where, and its processes."""
    arguments = ["--checkpoint", str(checkpoint.resolve())] if checkpoint else []
    if count > 1:
        with replicated(*arguments) as (port, processes, _):
            yield f"http://127.0.0.1:{port}", processes
        return
    port = free_port()
    server = start(port, APP, *arguments)
    try:
        yield f"http://127.0.0.1:{port}", [server]
    finally:
        stop(server)


@dataclass(frozen=True)
class Room:
    """Who comes."""

    sessions: int
    """People at once."""
    seconds: float
    """For which they stay."""
    floods: int = 0
    """Browsers beside them that send all they can."""
    come_and_go: bool = False
    """Each stays for some 20 s, and another takes the place."""


def measured(plan: Plan, processes: list[int], room: Room, victim: subprocess.Popen[bytes] | None = None) -> int:
    """Prints what was measured.

    Args:
        plan: what people do.
        processes: of the app, which are watched; a least-busy proxy gives each of them one of the first visitors.
        room: who comes.
        victim: one of the processes, which is killed at half-time.

    Returns:
        How many errors there were, and lines cut for no reason.
    """
    outcome = Outcome(errors=asyncio.run(_warmed(plan, max(1, len(processes)))))
    watch = Watch(processes)
    flooded = asyncio.run(_all(plan, room, outcome, watch, victim))
    for heard, runs in flooded:
        print(f"one that floods: {heard} messages heard, {runs} runs begun in {room.seconds:.0f} s")
    for line in lines(outcome, watch.taken() if processes else None, room.sessions):
        print(line)
    print(fetched(plan.url, outcome.files))
    return len(outcome.errors) + (0 if victim else len(outcome.cuts))


async def _warmed(plan: Plan, count: int) -> list[str]:
    """Sends those who come before all others, and wait for what is made once; returns their errors."""
    first = Outcome()
    await asyncio.gather(*(visit(plan, 2 * plan.pause, first, FIRST - number) for number in range(count)))
    return first.errors


async def _all(
    plan: Plan, room: Room, outcome: Outcome, watch: Watch, victim: subprocess.Popen[bytes] | None
) -> list[Flooded]:
    end = time.perf_counter() + room.seconds

    async def seat(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        await asyncio.sleep(chance.uniform(0, plan.pause))  # people don't act in step
        visitor = number
        while (left := end - time.perf_counter()) > plan.pause:
            await visit(plan, min(left, chance.uniform(*STAY)) if room.come_and_go else left, outcome, visitor)
            visitor += room.sessions

    looking = asyncio.create_task(_look(watch, time.perf_counter())) if room.come_and_go else None
    killing = asyncio.create_task(_kill(victim, room.seconds / 2, watch)) if victim else None
    flooding = asyncio.gather(*(flood(plan, room.seconds, FIRST + number) for number in range(1, room.floods + 1)))
    await asyncio.gather(*(seat(number) for number in range(room.sessions)))
    if looking:
        looking.cancel()
    if killing:
        await killing
    return await flooding


async def _kill(victim: subprocess.Popen[bytes], seconds: float, watch: Watch) -> None:
    """Kills a process after a while, as `kill -9` does."""
    await asyncio.sleep(seconds)
    watch.forget(victim.pid)
    victim.kill()
    print(f"killed a replica after {seconds:.0f} s", flush=True)


async def _look(watch: Watch, began: float) -> None:
    """Prints how much memory the server holds, again and again."""
    while True:
        print(f"{time.perf_counter() - began:5.0f} s: {watch.memory():.0f} MB", flush=True)
        await asyncio.sleep(EVERY)


if __name__ == "__main__":
    typer.run(load)
