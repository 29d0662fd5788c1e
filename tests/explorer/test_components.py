"""How scripts are joined, what browsers send, and what components are given."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import streamlit as st

from explorer.components.chart_clicks import Click
from explorer.components.modules import ModuleError, embedded, joined, modules_of
from explorer.components.registry import handler, index_below
from explorer.components.served_files import serve
from explorer.components.theatre_controls.component import Rest
from explorer.components.viewport import is_narrow

ENTRY = "export default function () {}\n"


def write(folder: Path, **modules: str) -> Path:
    """Modules by name; the first is the entry."""
    for name, code in modules.items():
        (folder / f"{name}.js").write_text(code, encoding="utf-8")
    return folder / f"{next(iter(modules))}.js"


def test_modules_come_after_those_that_they_import_each_once(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        entry='import { b } from "./b.js"\nimport {\n  c,\n} from "./c.js"\n' + ENTRY,
        c='import { d } from "./d.js"\nexport const c = d\n',
        b='import { d } from "./d.js"\nexport async function b() {\n  return d\n}\n',
        d="export class d {}\n",
    )
    assert [module.file.stem for module in modules_of(entry)] == ["d", "b", "c", "entry"]
    script = joined(entry)
    assert "import" not in script
    assert script.count("export") == script.count("export default function") == 1
    assert script.count("class d {}") == 1


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"a": 'import { b } from "./b.js"\n' + ENTRY}, r"there is no module .*b\.js \(imported by a\.js\)"),
        (
            {
                "a": 'import { b } from "./b.js"\n' + ENTRY,
                "b": 'import { c } from "./c.js"\nexport const b = 1\n',
                "c": 'import { b } from "./b.js"\nexport const c = 1\n',
            },
            r"circle; got b\.js -> c\.js -> b\.js",
        ),
        (
            {"a": 'import { b } from "./b.js"\nconst x = 1\n' + ENTRY, "b": "export const b = 1\nfunction x() {}\n"},
            r"x stands in b\.js and in a\.js",
        ),
        ({"a": 'import { c } from "./b.js"\n' + ENTRY, "b": "export const b = 1\n"}, r"imports c; not exported by b"),
        ({"a": 'import { c } from "./b.js"\n' + ENTRY, "b": "const c = 1\n"}, r"imports c; not exported by b"),
        ({"a": "export const a = 1\n"}, r"expected `export default` in a\.js alone"),
        ({"a": 'import { b } from "./b.js"\n' + ENTRY, "b": "export const b = 1\n" + ENTRY}, r"see b\.js"),
        ({"a": 'import * as b from "./b.js"\n' + ENTRY}, r"got `import \* as b"),
        ({"a": 'import { b } from "elsewhere"\n' + ENTRY}, r"got `import \{ b \} from \"elsewhere"),
        ({"a": "const { b } = {}\n" + ENTRY}, r"got `const \{ b \}"),
        ({"a": "const a = 1\nexport { a }\n" + ENTRY}, r"got `export \{ a \}"),
    ],
    ids=["missing", "circle", "clash", "no such name", "not exported", "no entry", "two", "star", "far", "{", "export"],
)
def test_what_cannot_be_joined_is_refused(tmp_path: Path, modules: dict[str, str], message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        joined(write(tmp_path, **modules))


def test_a_page_of_its_own_calls_the_entry_by_a_name(tmp_path: Path) -> None:
    entry = write(
        tmp_path, entry='import { b } from "./b.js"\nexport default function (a) {}\n', b="export const b = 1\n"
    )
    script = embedded(entry, "begin")
    assert script.endswith("function begin (a) {}\n")
    assert "export" not in script


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"key": None},
        {"key": 3},
        {"key": {}},
        {"key": {"chosen": None}},
        {"key": {"chosen": "2"}},
        {"key": {"chosen": True}},
        {"key": {"chosen": -1}},
        {"key": {"chosen": 5}},
        {"other": {"chosen": 2}},
    ],
)
def test_nothing_happens_where_nothing_sensible_was_sent(session: dict[str, Any], state: dict[str, Any]) -> None:
    acted: list[int] = []
    session.update(state)
    handler("key", "chosen", acted.append, index_below(5))()
    assert acted == []


def test_a_message_is_passed_on(session: dict[str, Any]) -> None:
    acted: list[int] = []
    session["key"] = {"chosen": 4}
    handler("key", "chosen", acted.append, index_below(5))()
    assert acted == [4]


def test_an_error_of_what_is_done_is_not_hidden(session: dict[str, Any]) -> None:
    def broken(_: int) -> None:
        raise ValueError("a fault of ours")

    session["key"] = {"chosen": 4}
    with pytest.raises(ValueError, match="a fault of ours"):
        handler("key", "chosen", broken, index_below(5))()


def test_a_click_is_read() -> None:
    assert Click.parse({"chart": "a", "index": [3, 5], "value": None}) == Click("a", (3, 5), None)
    indices: list[Any] = [3, None, ["x"], [None]]
    for malformed in (None, {}, "x", *({"chart": "a", "index": index, "value": 1} for index in indices)):
        with pytest.raises((LookupError, TypeError, ValueError)):
            Click.parse(malformed)


def test_where_a_play_rests_is_read() -> None:
    assert Rest.parse({"iteration": 2, "sent": 1_700_000_000_000}) == Rest(2, 1_700_000_000_000)
    for malformed in (None, {}, 2, {"iteration": 0, "sent": 1}, {"iteration": "2", "sent": 1}, {"iteration": 2}):
        with pytest.raises((LookupError, TypeError, ValueError)):
            Rest.parse(malformed)


@pytest.mark.parametrize(("state", "narrow"), [({}, False), ({"k": {"narrow": True}}, True), ({"k": {}}, False)])
def test_a_screen_is_wide_until_it_says_otherwise(session: dict[str, Any], state: Any, narrow: bool) -> None:
    session.update(state)
    assert is_narrow("k") is narrow


def test_a_file_that_two_threads_serve_at_once_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    write_bytes, both = Path.write_bytes, Barrier(2)

    def wait_for_the_other(file: Path, content: bytes) -> int:
        written = write_bytes(file, content)
        both.wait(10)
        return written

    monkeypatch.setattr(Path, "write_bytes", wait_for_the_other)
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: serve("twice.txt", b"content"), range(2))
    assert first == second
