"""What people do in the app: draw, go from page to page, turn poses; and what came of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from websockets.exceptions import WebSocketException

from tools.load.client import Answer, Client, Seen, opened
from tools.load.drawings import Told, drawings
from tools.load.line import LineCutError, NoAnswerError

PAUSE = 3.0
"""Seconds from one thing that a person does to the next, unless others are asked for."""
LAB, CANVAS = "pose-lab-component", "canvas"
"""Keys of the sliders and of the drawing canvas."""
STEP = 0.2
"""How far one of a pose's numbers is turned."""
BALLAST = "." * 500_000
"""Makes a message of a flood so large that few are on their way."""
TURNS = 0.5
"""How often a pose is turned where there are sliders; else a digit is drawn."""
STAY = (2, 5)
"""How often a person does something on a page before going to another."""


@dataclass(frozen=True)
class Plan:
    """What all people do."""

    url: str
    """The app's."""
    page: str | None = None
    """Where they stay; None: they go through all pages."""
    pause: float = PAUSE
    """Seconds from one thing that a person does to the next; longer where the server takes longer."""


@dataclass
class Outcome:
    """What came of all that people did."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    """By the name of what was done."""
    cuts: list[float] = field(default_factory=list)
    """For each line that was cut, the seconds until the page stood again; what was lost then is among the errors."""
    errors: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    """What a browser would fetch besides."""


class Person:
    """Someone at a page that is open."""

    def __init__(self, client: Client, outcome: Outcome, seed: int) -> None:
        self._client, self._outcome = client, outcome
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._drawings = drawings(seed)
        self._moment = 0.0
        self._seen: Seen | None = None

    async def come(self, page: str) -> None:
        """Opens the app at a page; "": the first one."""
        await self._do("open", lambda: self._client.open(page))
        self._outcome.files |= self._client.files

    async def draw(self) -> None:
        """Draws another digit."""
        drawing = next(self._drawings)

        async def said() -> Answer:
            return await self._client.state(CANVAS, shown=shown(self._client, drawing, self._next_moment()))

        await self._do("draw", said)

    async def turn(self) -> None:
        """Turns one number of the pose that the sliders show."""
        data = self._client.data(LAB)
        pose = list(data["pose"])
        number = self._chance.randrange(len(pose))
        pose[number] += self._chance.uniform(-STEP, STEP)

        async def released() -> Answer:
            subject = self._client.data(LAB)["subject"]
            return await self._client.trigger(LAB, "released", {"subject": subject, "pose": pose})

        await self._do("turn", released)

    async def go(self) -> None:
        """Goes to another page."""
        page = self._chance.choice([path for path in self._client.pages if path != "overview"])
        await self._do("page", lambda: self._client.go(page))
        self._outcome.files |= self._client.files

    async def act(self) -> None:
        """Does something on the page that is open."""
        await (self.turn() if self._client.has(LAB) and self._chance.random() < TURNS else self.draw())

    async def live(self, *, stays: bool) -> AsyncIterator[None]:
        """Does one thing after the other, on this page or on all."""
        while True:
            for _ in range(self._chance.randint(*STAY)):
                await self.act()
                yield
            if not stays:
                await self.go()
                yield

    def _next_moment(self) -> float:
        self._moment = max(1000 * time.time(), self._moment + 1)
        return self._moment

    async def wait(self, moment: float) -> None:
        """Until a moment; a line that is cut meanwhile is opened again."""
        while await self._client.cut_within(max(0.0, moment - time.perf_counter())):
            await self._come_back()

    async def _do(self, name: str, act: Callable[[], Awaitable[Answer]]) -> None:
        """Does something; what was cut is said once more, and the answer to that counts."""
        while True:
            try:
                answer = await act()
            except LineCutError:
                await self._come_back()
            else:
                break
        self._seen = self._client.seen()
        self._outcome.answers.setdefault(name, []).append(answer)

    async def _come_back(self) -> None:
        before, began = self._seen, time.perf_counter()
        await self._client.come_back()
        self._outcome.cuts.append(time.perf_counter() - began)
        self._seen = self._client.seen()
        if before and self._seen != before:
            self._outcome.errors.append(f"{before} came back as {self._seen}")


def shown(client: Client, drawing: Told, moment: float) -> dict[str, object]:
    """What the canvas says of a drawing."""
    put = client.data(CANVAS)["put"]
    objects, png = drawing
    return {"session": put["session"], "put": put["number"], "objects": objects, "png": png, "moment": moment}


async def visit(plan: Plan, seconds: float, outcome: Outcome, seed: int) -> None:
    """Someone who comes, stays for so many seconds and leaves; an error ends the visit.

    Args:
        plan: what they do.
        seconds: how long they stay, at least for one thing.
        outcome: gets what comes of it.
        seed: of all chance.
    """
    end = time.perf_counter() + seconds
    async with _counting_errors(outcome), opened(plan.url) as client:
        person = Person(client, outcome, seed)
        await person.come(plan.page or "")
        due = time.perf_counter() + plan.pause
        await person.wait(due)
        async for _ in person.live(stays=plan.page is not None):
            due = max(due + plan.pause, time.perf_counter())
            if due > end:
                return
            await person.wait(due)


class Flooded(NamedTuple):
    """What came of a flood."""

    heard: int
    """Messages that the server took, some of which may still be in the line."""
    runs: int
    """How often it began a run for them."""


async def flood(plan: Plan, seconds: float, seed: int) -> Flooded:
    """A browser that draws as fast as its line takes it, and never waits for an answer."""
    heard = 0
    async with opened(plan.url) as client:
        await client.open(plan.page or "")
        reading = asyncio.create_task(client.runs_begun(seconds))
        told, began = drawings(seed), time.perf_counter()
        with suppress(TimeoutError, LineCutError):
            async with asyncio.timeout(seconds):
                while True:
                    moment = 1e6 + time.perf_counter() - began
                    sent = shown(client, next(told), moment) | {"ballast": BALLAST}
                    await client.send(client.message(CANVAS, shown=sent))
                    heard += 1
        return Flooded(heard, await reading)


@asynccontextmanager
async def _counting_errors(outcome: Outcome) -> AsyncIterator[None]:
    try:
        yield
    except (NoAnswerError, WebSocketException, OSError, LookupError) as error:
        outcome.errors.append(f"{type(error).__name__}: {error}")
