"""The class that `make load` sends: it speaks as a browser does, and one that floods takes the room from nobody."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from explorer.components.drawing_canvas.component import understood
from explorer.drawing import is_dot, to_mnist
from explorer.pace import BURST, RATE
from tools.load.__main__ import Room, measured
from tools.load.client import Answer
from tools.load.drawings import drawings
from tools.load.people import Outcome, Plan, visit
from tools.load.report import quantiles
from tools.replicas import CONFIG, PORTS, configured
from tools.server import APP, serving

IN_THE_LINE = 30
"""Messages of half a megabyte that the buffers of two machines may hold."""


@pytest.fixture(scope="module")
def address(tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(APP, "--checkpoint", str(tiny_checkpoint), folder=tmp_path_factory.mktemp("elsewhere")) as address:
        yield address


def test_the_app_understands_what_is_drawn_and_no_two_are_alike() -> None:
    pictures = []
    for number, drawing in enumerate(islice(drawings(3), 7)):
        shown = understood({"session": "s", "put": 1, "moment": number, **drawing._asdict()})
        assert shown is not None
        assert not is_dot(shown.pixels)
        image = to_mnist(shown.pixels)
        assert image is not None
        pictures.append(image)
    assert len(np.unique(np.stack(pictures), axis=0)) == 7
    assert next(drawings(4)) != next(drawings(3)) == next(drawings(3))


def test_the_proxys_files_are_those_that_are_shipped_but_for_addresses() -> None:
    shipped = {file.name: file.read_text(encoding="utf-8") for file in CONFIG.glob("*.conf")}
    files = configured(7001, (7013, 7019))
    assert files.keys() == shipped.keys()
    assert files["listen.conf"].splitlines()[-1] == "listen 127.0.0.1:7001;"
    assert files["capsnet.conf"] == shipped["capsnet.conf"]
    own = files["replicas.conf"]
    for number, (port, other) in enumerate(zip(PORTS, (7013, 7019), strict=True), 1):
        assert (
            own.count(f"server 127.0.0.1:{other}") == shipped["replicas.conf"].count(f"server app-{number}:{port}") > 0
        )
        assert f'"~:{other}$" {number};' in own
        assert f"app-{number}" not in own
        assert str(port) not in own


def test_quantiles_by_hand() -> None:
    answers = [Answer(seconds / 100, 1) for seconds in reversed(range(101))]
    assert quantiles(answers) == pytest.approx((0.50, 0.95, 0.99))


@pytest.mark.slow
@pytest.mark.parametrize(("page", "done"), [(None, {"open", "draw", "page"}), ("pose", {"open", "draw", "turn"})])
def test_what_people_do_is_answered(
    address: str, capsys: pytest.CaptureFixture[str], page: str | None, done: set[str]
) -> None:
    assert measured(Plan(address, page, pause=0.1), [], Room(sessions=2, seconds=5)) == 0
    said = capsys.readouterr().out
    assert "errors: 0" in said
    assert done <= {line.split()[0] for line in said.splitlines()}


@pytest.mark.slow
def test_one_that_floods_is_slowed_down_and_the_others_are_answered(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = 5
    assert measured(Plan(address, "routing", pause=0.5), [], Room(2, seconds, floods=1)) == 0
    said = capsys.readouterr().out
    assert re.search(r"draw +\d+ times", said)
    heard = re.search(r"one that floods: (\d+) messages heard", said)
    assert heard
    assert 1 < int(heard[1]) < BURST + RATE * seconds + IN_THE_LINE


class Proxy:
    """Passes on all that comes, and cuts all lines when it is told to."""

    def __init__(self, address: str) -> None:
        self._port = int(address.rpartition(":")[2])
        self._lines: list[asyncio.StreamWriter] = []
        self.cuts_when: Callable[[], bool] = lambda: False
        """Asked for each piece that comes from a browser; where it first says yes, that piece is lost, too."""

    async def serve(self) -> asyncio.Server:
        return await asyncio.start_server(self._pass_on, "127.0.0.1", 0)

    def cut(self) -> None:
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_app, to_app = await asyncio.open_connection("127.0.0.1", self._port)
        self._lines += [writer, to_app]
        with suppress(ConnectionError):
            await asyncio.gather(
                self._pump(reader, to_app, self._cut_here), self._pump(from_app, writer, lambda: False)
            )

    def _cut_here(self) -> bool:
        if cut := self.cuts_when():
            self.cuts_when = lambda: False
            self.cut()
        return cut

    @staticmethod
    async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends: Callable[[], bool]) -> None:
        while (data := await reader.read(2**16)) and not ends():
            writer.write(data)
            await writer.drain()
        writer.close()


async def cut_twice(address: str) -> Outcome:
    """Someone whose line is cut while a message is on its way, and once more while nothing is."""
    outcome, proxy = Outcome(), Proxy(address)

    def answers() -> int:
        return sum(map(len, outcome.answers.values()))

    async with await proxy.serve() as server:
        port = server.sockets[0].getsockname()[1]
        proxy.cuts_when = lambda: answers() >= 3
        person = asyncio.create_task(visit(Plan(f"http://127.0.0.1:{port}", "pose", pause=0.3), 3, outcome, 3))
        while answers() < 5 and not person.done():
            await asyncio.sleep(0.01)
        proxy.cut()
        await person
    return outcome


@pytest.mark.slow
def test_who_was_cut_comes_back_to_the_same_digit_and_loses_nothing(address: str) -> None:
    outcome = asyncio.run(cut_twice(address))
    assert outcome.errors == []
    assert len(outcome.cuts) == 2
    assert sum(map(len, outcome.answers.values())) > 5
    assert len(outcome.answers["open"]) == 1
