"""The class that `make load` sends: it speaks as a browser does, and one that floods takes the room from nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from explorer.components.drawing_canvas.component import understood
from explorer.drawing import is_dot, to_mnist
from explorer.pace import BURST, RATE
from tools.load.__main__ import measured
from tools.load.client import Answer
from tools.load.drawings import drawings
from tools.load.people import Plan
from tools.load.report import quantiles
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


def test_quantiles_by_hand() -> None:
    answers = [Answer(seconds / 100, 1) for seconds in reversed(range(101))]
    assert quantiles(answers) == pytest.approx((0.50, 0.95, 0.99))


@pytest.mark.slow
@pytest.mark.parametrize(("page", "done"), [(None, {"open", "draw", "page"}), ("pose", {"open", "draw", "turn"})])
def test_what_people_do_is_answered(
    address: str, capsys: pytest.CaptureFixture[str], page: str | None, done: set[str]
) -> None:
    assert measured(Plan(address, page, pause=0.1), [], sessions=2, seconds=5) == 0
    said = capsys.readouterr().out
    assert "errors: 0" in said
    assert done <= {line.split()[0] for line in said.splitlines()}


@pytest.mark.slow
def test_one_that_floods_is_slowed_down_and_the_others_are_answered(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = 8
    assert measured(Plan(address, "routing", pause=0.5), [], 2, seconds, floods=1) == 0
    said = capsys.readouterr().out
    assert re.search(r"draw +\d+ times", said)
    heard = re.search(r"one that floods: (\d+) messages heard", said)
    assert heard
    assert 1 < int(heard[1]) < BURST + RATE * seconds + IN_THE_LINE
