"""Imports go one way: what is above may use what is below, never the other way round.

`LAYERS` is the one list of the layers; a new module of the explorer has to find its place there.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = (
    ("app",),
    ("run",),
    ("views",),
    ("bundles", "exports"),
    ("components",),
    ("captions",),
    ("figures",),
    ("digit_library",),
    ("mnist",),
    ("lesson", "networks", "perturbing", "session", "turning"),
    ("annotations", "measures", "poses"),
    ("drawing", "pictures", "reading", "runs"),
    (
        "arrays",
        "collection",
        "command_line",
        "concurrency",
        "kept",
        "measured",
        "observing",
        "pace",
        "palette",
        "presets",
        "text",
        "uploads",
    ),
)
"""The modules and packages of the explorer, from the top down; those of one layer do not know one another. Below them
all is `capsnet`."""
NEIGHBOURS = {"figures": {"arrays", "palette"}, "measures": {"arrays", "reading"}}
"""Of these, the only modules of the project that they know."""
LIBRARIES = {
    "annotations": {"numpy", "pygments"},
    "arrays": {"numpy"},
    "captions": {"numpy"},
    "exports": {"PIL", "numpy", "plotly"},
    "figures": {"numpy", "plotly"},
    "lesson": {"numpy", "torch"},
    "measures": {"numpy"},
    "measured": set(),
    "observing": {"prometheus_client"},
    "palette": set(),
    "reading": {"numpy", "torch"},
    "text": set(),
}
"""Of these, the only libraries that they know, beside Python's own."""
HEIGHT = {name: height for height, layer in enumerate(reversed(LAYERS)) for name in layer}


def modules(package: str) -> list[Path]:
    """The files of a package, from the root."""
    return sorted(file.relative_to(ROOT) for file in (ROOT / package).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """The full names of what a file imports; of `from a import b` this is "a.b", be it a module or not."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(file: Path) -> str:
    """The module or package of the explorer that a file belongs to."""
    return file.parts[1].removesuffix(".py")


def known(file: Path) -> set[str]:
    """The other modules and packages of the explorer that a file imports."""
    names = {name.split(".")[1] for name in imported(file) if name.startswith("explorer.")}
    return names - {part(file)}


def libraries(file: Path) -> set[str]:
    """The libraries that a file imports."""
    return {name.split(".")[0] for name in imported(file)} - sys.stdlib_module_names - {"capsnet", "explorer"}


EXPLORER = [file for file in modules("explorer") if len(file.parts) > 2 or file.stem != "__init__"]


def test_every_module_of_the_explorer_has_its_layer() -> None:
    assert {part(file) for file in EXPLORER} == HEIGHT.keys()


@pytest.mark.parametrize("file", EXPLORER, ids=str)
def test_imports_point_down(file: Path) -> None:
    assert [name for name in known(file) if HEIGHT[name] >= HEIGHT[part(file)]] == []
    assert known(file) <= NEIGHBOURS.get(part(file), HEIGHT.keys())


@pytest.mark.parametrize("file", [file for file in EXPLORER if part(file) in LIBRARIES], ids=str)
def test_what_can_do_without_a_library_does(file: Path) -> None:
    assert libraries(file) <= LIBRARIES[part(file)]


@pytest.mark.parametrize("file", [file for file in EXPLORER if part(file) in NEIGHBOURS], ids=str)
def test_figures_and_measures_know_no_network(file: Path) -> None:
    known_of_networks = {name for name in imported(file) if name.startswith("capsnet")}
    assert known_of_networks <= {
        "capsnet.card.DoubtThresholds",
        "capsnet.agreement.MOVED_AT_LEAST",
    }  # numbers of theirs


@pytest.mark.parametrize("file", modules("capsnet"), ids=str)
def test_the_network_knows_nothing_of_the_explorer(file: Path) -> None:
    roots = {name.split(".")[0] for name in imported(file)}
    assert not roots & {"explorer", "streamlit", "plotly", "tests", "tools"}
