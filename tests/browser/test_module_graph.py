"""The components' scripts as a whole: every module loads, and each takes from others what it says it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.components.modules import joined, read_module
from tests.browser.modules import FOLDER, ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
FILES = sorted(FOLDER.rglob("*.js"))
ENTRIES = [file for file in FILES if read_module(file).entry]
EXPORTED = {name for file in FILES for name in read_module(file).exports}


def test_there_are_entries() -> None:
    assert len(ENTRIES) >= 6


EXPORTS = """
    const exportsOf = async file => {
        const frame = document.createElement("iframe") // whose modules are its own
        frame.src = "/"
        await new Promise(loaded => {
            frame.onload = loaded
            document.body.append(frame)
        })
        try {
            return Object.keys(await frame.contentWindow.eval(`import("/${file}")`)).sort()
        } catch (error) {
            return error.message
        } finally {
            frame.remove()
        }
    }
    const found = {}
    const left = [...given]
    const next = async () => {
        for (let file; (file = left.pop()); ) found[file] = await exportsOf(file)
    }
    await Promise.all(Array.from({ length: 8 }, next))
    return found
"""


def test_each_module_loads_by_itself(modules: ModulePage) -> None:
    expected = {}
    for file in FILES:
        module = read_module(file)
        expected[file.relative_to(FOLDER).as_posix()] = sorted(
            module.exports | ({"default"} if module.entry else set())
        )
    assert modules.run("", EXPORTS, list(expected)) == expected


@pytest.mark.parametrize("file", ENTRIES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_each_script_loads_as_streamlit_loads_it(modules: ModulePage, file: Path) -> None:
    code = """
        const address = URL.createObjectURL(new Blob([given], { type: "text/javascript" }))
        return Object.entries(await import(address)).map(([name, value]) => [name, typeof value])
    """
    assert modules.run("", code, joined(file)) == [["default", "function"]]


def test_every_name_exported_is_imported_somewhere() -> None:
    imported = {(file, name) for one in FILES for file, names in read_module(one).imports.items() for name in names}
    tested = {
        "swingAt",
        "played",
        "centreOfMass",
        "cosineOf",
        "marksOf",
        "sumsOf",
        "sumOf",
        "PACE",
        "ringsOf",
    }  # inner parts of a module that have tests of their own
    unused = {name for file in FILES for name in read_module(file).exports if (file.resolve(), name) not in imported}
    assert unused == tested


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_what_a_module_calls_of_others_it_imports(file: Path) -> None:
    """In one script for all, a missing import would not be noticed."""
    module = read_module(file)
    known = module.names.union(*module.imports.values())
    called = set(re.findall(r"(?<![\w.$])(\w+)\(", re.sub(r"^  \*?\w+\(", "", module.code, flags=re.MULTILINE)))
    assert called & EXPORTED <= known
