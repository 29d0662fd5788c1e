"""Files of measurements: read, checked, and left out where they are missing or broken; and how sure shares are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import measured
from explorer.measured import Count, Fit, difference, wilson
from explorer.measured.proportions import SURE, USUAL

MADE = {"command": "python -m x", "machine": "a machine", "date": "2026-01-02", "seconds": 7.5}
ROBUSTNESS: dict[str, Any] = {
    "name": "pooled",
    "weights": "abc",
    "doubt": {"length": 0.5, "lead": 0.25, "misfit": 0.75},
    "count": 50,
    "kinds": {"rotation": [[-30, 41, 7, 3], [0, 49, 1, 1]]},
    "quarters": [["in_place", 49, 1, 1]],
}
FEW = {"learner": "cnn", "digits": 100, "seed": 2, "right": 43, "count": 50}
COST = {
    "name": "pooled",
    "weights": "abc",
    "parameters": 7,
    "bytes": 11,
    "single": [1, 2.5, 3],
    "batch": [0.1, 0.2, 0.3],
    "training_seconds": None,
    "test_accuracy": 0.75,
    "started_from": False,
}
FIT = {"error": 7.5, "standard_error": 0.25, "r2": 0.75, "baseline": 22.5, "tried": 10, "classes": []}
ANGLE = {
    "name": "small",
    "weights": "def",
    "width": 11,
    "fits": {"pose": FIT},
    "roughness": 0.5,
    "carriers": [{"number": 3, "correlation": -0.5}],
}
FILES: dict[str, tuple[str, str, dict[str, Any], Callable[[Path], Any]]] = {
    "robustness": ("capsnet-robustness-1", "networks", ROBUSTNESS, measured.robustness),
    "few_digits": ("capsnet-few-digits-1", "runs", FEW, measured.few_digits),
    "cost": ("capsnet-cost-1", "networks", COST, measured.cost),
    "angle": ("capsnet-angle-1", "networks", ANGLE, measured.angle),
}
EVERY = pytest.mark.parametrize("name", FILES)


def write(folder: Path, name: str, **changes: Any) -> Any:
    """Writes a file, and reads it again."""
    form, entries, entry, read = FILES[name]
    content = {"format": form, "made": MADE, entries: [{**entry, **changes}]}
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return read(folder)


@EVERY
def test_a_file_says_how_it_was_made(name: str, tmp_path: Path) -> None:
    found = write(tmp_path, name)
    assert found.made == ("python -m x", "a machine", "2026-01-02", 7.5)
    assert len(found.entries) == 1


def test_entries_are_what_was_written(tmp_path: Path) -> None:
    changed = write(tmp_path, "robustness").entries[0]
    assert changed.kinds["rotation"] == (Count(-30, 41, 7, 3), Count(0, 49, 1, 1))
    assert changed.kinds["quarters"] == (Count("in_place", 49, 1, 1),)
    assert write(tmp_path, "few_digits").entries[0] == measured.FewDigits("cnn", 100, 2, 43, 50)
    assert write(tmp_path, "cost").entries[0].single == (1, 2.5, 3)
    angle = write(tmp_path, "angle").entries[0]
    assert angle.fits == {"pose": Fit(7.5, 0.25, 0.75, 22.5)}
    assert angle.carriers == ((3, -0.5),)


@EVERY
@pytest.mark.parametrize("content", [None, "", "[]", "{", '{"format": 1}', "[" * 5000, "null", "\ud800"])
def test_what_is_missing_or_broken_is_none(name: str, content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / f"{name}.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    assert FILES[name][3](tmp_path) is None


@EVERY
def test_another_format_is_none(name: str, tmp_path: Path) -> None:
    write(tmp_path, name)
    file = tmp_path / f"{name}.json"
    file.write_text(file.read_text().replace("-1", "-2", 1))
    assert FILES[name][3](tmp_path) is None
    file.write_bytes(b" " * 1_000_001)
    assert FILES[name][3](tmp_path) is None


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("robustness", {"count": 0}),
        ("robustness", {"count": 48}),  # 49 were right
        ("robustness", {"kinds": {"rotation": [[0, 3, 2, 3]]}}),  # both more often than one
        ("robustness", {"kinds": {"rotation": [[0, 30, 30, 3]]}}),  # more than were read
        ("robustness", {"kinds": {"rotation": [["far", 3, 2, 1]]}}),
        ("robustness", {"kinds": {"rotation": [[0, 3, 2]]}}),
        ("robustness", {"kinds": [1]}),
        ("robustness", {"doubt": {"length": "high"}}),
        ("few_digits", {"right": 51}),
        ("few_digits", {"digits": 0}),
        ("few_digits", {"right": True}),
        ("cost", {"single": [1, 2]}),
        ("cost", {"parameters": 7.5}),
        ("cost", {"training_seconds": float("nan")}),
        ("angle", {"fits": {"pose": {"error": 1}}}),
        ("angle", {"width": -1}),
    ],
)
def test_numbers_that_cannot_be_are_refused(name: str, changes: dict[str, Any], tmp_path: Path) -> None:
    assert write(tmp_path, name, **changes) is None


def test_what_is_shipped_can_be_read() -> None:
    """Each file of data beside the code is one that is known, and is read."""
    readers = {name: read for name, (_, _, _, read) in FILES.items()}
    folder = Path(measured.__file__).parent
    for file in folder.glob("*.json"):
        found = readers[file.stem](folder)
        assert found is not None, file.name
        assert found.entries


def test_wilson_by_hand() -> None:
    """No one of ten: from 0 to z^2 / (n + z^2); half of them: about a half, evenly."""
    assert wilson(0, 10) == pytest.approx((0, USUAL**2 / (10 + USUAL**2)))
    low, high = wilson(8, 16)
    assert low + high == pytest.approx(1)
    assert high - 0.5 == pytest.approx(USUAL / 2 / (16 + USUAL**2) ** 0.5)


@given(st.integers(0, 97), st.floats(0.5, 5))
def test_the_share_lies_within_its_interval(right: int, z: float) -> None:
    low, high = wilson(right, 97, z)
    assert 0 <= low <= right / 97 + 1e-9
    assert right / 97 - 1e-9 <= high <= 1


def test_a_difference_is_one_only_beyond_chance() -> None:
    assert difference((990, 1000), (980, 1000)) == 0
    assert difference((990, 1000), (960, 1000)) == 1
    assert difference((960, 1000), (990, 1000)) == -1
    assert difference((9, 10), (5, 10)) == 0
    assert difference((900, 1000), (500, 1000)) == 1
    assert difference((7, 7), (7, 7)) == 0
    assert SURE > USUAL


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_difference_has_two_sides(one: int, other: int) -> None:
    assert difference((one, 50), (other, 50)) == -difference((other, 50), (one, 50))
    assert difference((one, 50), (one, 50)) == 0
