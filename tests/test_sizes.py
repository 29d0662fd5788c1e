"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("capsnet", "explorer", "tools")
MOST_LINES = 250
MOST_LINES_OF_A_FUNCTION = 40

SOURCES = sorted(
    file.relative_to(ROOT)
    for folder in FOLDERS
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".py", ".js", ".css"}
)


def too_long(file: Path) -> set[str]:
    """A file, and functions in it, that are longer than they may be: "file" and "file: function"."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = {file.as_posix()} if len(text.splitlines()) > MOST_LINES else set()
    if file.suffix != ".py":
        return found
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return found | {
        f"{file.as_posix()}: {function.name}"
        for function in functions
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }


@pytest.mark.parametrize("file", SOURCES, ids=str)
def test_files_and_functions_are_short(file: Path) -> None:
    assert too_long(file) == set(), f"at most {MOST_LINES} lines a file, {MOST_LINES_OF_A_FUNCTION} a function"
