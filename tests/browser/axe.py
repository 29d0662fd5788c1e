"""What axe, the common checker of accessibility, finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


def grave_faults(page: Page) -> list[str]:
    """What axe finds serious or critical, as "rule: element, why"."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:120]}, {node['failureSummary']}"
        for rule in found.response["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def headings(page: Page) -> list[int]:
    """The levels of the page's headings, from its top."""
    levels: list[int] = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => +one.localName[1])")
    return levels
