"""A component's script that is fetched: once for all calls, again where the line breaks, and short ones not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route

from explorer.components import registry, served_files
from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
SCRIPT = """
const calls = []
export default function (component) {
    calls.push(component.data)
    return calls.slice()
}
// so that it is a long one: """
CALLS = """
    const waits = []
    window.setTimeout = (act, wait) => { waits.push(wait); queueMicrotask(act) }
    const address = URL.createObjectURL(new Blob([given], { type: "text/javascript" }))
    const call = (await import(address)).default
    const both = await Promise.all([call({ data: 2 }), call({ data: 3 })])
    return [both.concat([await call({ data: 5 })]), waits]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(served_files, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize("broken", [0, 2])
def test_a_long_script_is_fetched_once_even_over_a_line_that_breaks(
    modules: ModulePage, folder: Path, broken: int
) -> None:
    long = SCRIPT + "." * registry.SMALL
    sent = registry._sent("test", long)
    (file,) = folder.iterdir()
    assert file.read_text() == long
    assert len(sent) < registry.SMALL
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= broken:
            route.abort()
        else:
            route.fulfill(body=file.read_bytes(), content_type="text/javascript")

    modules.page.route(lambda url: file.name in url, answer)
    try:
        assert modules.run("", CALLS, sent) == [[[2], [2, 3], [2, 3, 5]], [1000, 2000][:broken]]
    finally:
        modules.page.unroute_all()
    assert [url.partition("?")[0] for url in asked] == [f"{modules.site.address}/{served_files.address(file.name)}"] * (
        broken + 1
    )


def test_a_short_script_comes_with_the_message(folder: Path) -> None:
    assert registry._sent("test", SCRIPT) == SCRIPT
    assert not list(folder.iterdir())


def test_so_does_one_that_cannot_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(registry, "serve_script", full)
    long = SCRIPT + "." * registry.SMALL
    assert registry._sent("test", long) == long
