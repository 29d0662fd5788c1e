"""The components' JavaScript in a page of its own, without the app: modules are served from their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import explorer.components

FOLDER = Path(explorer.components.__file__).parent
SITE = "http://modules.test"


class ModulePage:
    """An empty page that can import any module of the components."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.route(f"{SITE}/**", self._serve)

    def open(self) -> None:
        """Begins anew: nothing is left of what ran before."""
        self.page.goto(SITE)

    def run(self, modules: str, code: str, argument: Any = None) -> Any:
        """What an async function body gives; `modules` are paths, the names that they export are in scope as `m`.

        Args:
            modules: separated by blanks, such as "shared/dom.js".
            code: the body; `m` holds all exports, `given` the argument.
            argument: plain data.
        """
        script = f"""async given => {{
            const files = {modules.split()!r}
            const m = Object.assign({{}}, ...await Promise.all(files.map(file => import("{SITE}/" + file))))
            {code}
        }}"""
        return self.page.evaluate(script, argument)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).lstrip("/")
        if not path:
            route.fulfill(content_type="text/html", body="<!DOCTYPE html><body></body>")
        elif (FOLDER / path).is_file():
            route.fulfill(content_type="text/javascript", body=(FOLDER / path).read_text(encoding="utf-8"))
        else:
            route.fulfill(status=404)


@pytest.fixture(scope="module")
def module_page(browser: Browser) -> Iterator[ModulePage]:
    """One page for all tests of a file."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    yield ModulePage(context.new_page())
    context.close()


@pytest.fixture
def modules(module_page: ModulePage) -> ModulePage:
    """The page, fresh for one test."""
    module_page.open()
    return module_page
