"""The network's file is replaced, copied over, cut short, damaged and removed while sessions draw."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from websockets.exceptions import WebSocketException

from capsnet import checkpoint
from capsnet.card import DoubtThresholds
from capsnet.saved_evaluation import evaluation_path
from tools.load.client import opened
from tools.load.line import NoAnswerError
from tools.load.people import CANVAS, Outcome, Person
from tools.server import APP, free_port, start, stop

PAGES = ("", "compare", "training")
"""Where people draw: these look at the networks' files most."""


@dataclass
class Changed:
    """What came of it."""

    changes: int = 0
    answers: int = 0
    refusals: int = 0
    """Answers that the network can't be loaded, after which the page was loaded again."""
    errors: int = 0
    """Exceptions on a page, lines that were closed, a server that was gone."""


def changed_files(folder: Path, network: Path, seconds: float, seed: int = 1) -> Changed:
    """Has people draw for so long, while a file in a folder is now a network, now another, now none.

    Raises:
        RuntimeError: the server did not live to the end.
    """
    file, found = folder / "own.safetensors", Changed()
    contents = [network.read_bytes(), _another(network, file)]
    file.write_bytes(contents[0])
    port = free_port()
    server = start(port, APP, "--checkpoint", str(file), "--runs", str(folder))
    try:
        asyncio.run(_room(f"http://127.0.0.1:{port}", file, contents, time.monotonic() + seconds, found, seed))
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
    finally:
        stop(server)
    return found


def _another(network: Path, file: Path) -> bytes:
    """What is in the file of a network that differs in its card."""
    own = checkpoint.read(network)
    checkpoint.write(file, own.model, replace(own.card, doubt=DoubtThresholds(lead=0.1)))
    return file.read_bytes()


async def _room(url: str, file: Path, contents: list[bytes], end: float, found: Changed, seed: int) -> None:
    changes = asyncio.to_thread(_change, file, contents, end, found, random.Random(seed))  # noqa: S311 - no secret
    await asyncio.gather(changes, *(_sit(url, page, end, found, seed + n) for n, page in enumerate(PAGES)))


def _change(file: Path, contents: list[bytes], end: float, found: Changed, chance: random.Random) -> None:
    """Does one thing after the other to the file and what stands beside it; in the end the file is whole."""
    beside = [evaluation_path(file), file.with_suffix(".history.jsonl")]
    while time.monotonic() < end:
        content = chance.choice(contents)
        match chance.choice(("replaced", "copied over", "cut short", "damaged", "removed")):
            case "replaced":
                new = file.with_suffix(".new")
                new.write_bytes(content)
                new.replace(file)
            case "copied over":
                _copy_slowly(content, file)
            case "cut short":
                file.write_bytes(content)
                with file.open("r+b") as handle:
                    handle.truncate(chance.randrange(len(content)))
            case "damaged":
                file.write_bytes(bytes(chance.randrange(256) for _ in range(1000)) + content)
            case "removed":
                file.unlink(missing_ok=True)
        chance.choice(beside).write_bytes(content[: chance.randrange(1000)])
        found.changes += 1
        time.sleep(chance.uniform(0, 0.3))
        if chance.random() < 0.5:
            _copy_slowly(content, file)
    _copy_slowly(contents[0], file)


def _copy_slowly(content: bytes, file: Path) -> None:
    """As `cp` does: the old file is cut short and written anew."""
    with file.open("wb") as handle:
        for part in _parts(content):
            handle.write(part)
            handle.flush()
            time.sleep(0.002)


def _parts(content: bytes, count: int = 8) -> Iterator[bytes]:
    size = -(-len(content) // count)
    for begin in range(0, len(content), size):
        yield content[begin : begin + size]


async def _sit(url: str, page: str, end: float, found: Changed, seed: int) -> None:
    """Someone who draws, and loads the page again when it says that there is no network."""
    while time.monotonic() < end:
        outcome = Outcome()
        try:
            async with opened(url) as client:
                person = Person(client, outcome, seed)
                await person.come(page)
                while client.has(CANVAS) and time.monotonic() < end:
                    await person.draw()
                found.refusals += not client.has(CANVAS)
        except (NoAnswerError, WebSocketException, OSError) as error:
            print(f"{type(error).__name__}: {error}", flush=True)
            found.errors += 1
            await asyncio.sleep(0.5)
        found.answers += sum(map(len, outcome.answers.values()))
