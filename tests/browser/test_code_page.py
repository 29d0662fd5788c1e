"""The page of the network's code, in a real browser: lines light the race, and the race lights lines."""

from __future__ import annotations

import inspect

from playwright.sync_api import BrowserContext, Locator, Page, expect

from capsnet import losses, model, routing
from tests.browser.fixtures import at_rest, open_app, rerun

RACE = ".st-key-race .race"
SMALLEST = """element => Math.min(...[...element.querySelectorAll("code, span, p, b")]
    .filter(one => one.textContent.trim()).map(one => parseFloat(getComputedStyle(one).fontSize)))"""


def lit(code: Locator, text: str) -> None:
    expect(code.locator(".mark[aria-current]")).to_contain_text(text)


def shown(page: Page, file: str) -> str:
    """The code on the screen."""
    lines = page.locator(f".st-key-code-{file} .line code").evaluate_all("all => all.map(line => line.textContent)")
    return "\n".join(lines) + "\n"


def test_lines_and_race_go_together_and_a_link_keeps_the_file(visitor: BrowserContext, address: str) -> None:
    page = open_app(visitor, f"{address}/code", f"{RACE}[data-ready]")
    code, race = page.locator(".st-key-code-routing"), page.locator(RACE)
    lit(code, "poses = squash(sums)")
    expect(code.get_by_role("button", name="Iteration 3")).to_have_attribute("aria-pressed", "true")
    assert shown(page, "routing") == inspect.getsource(routing)
    code.locator(".mark", has_text="sums = einsum").hover()
    expect(race).to_have_attribute("data-phase", "s")
    expect(race).to_have_attribute("data-iteration", "3")
    race.evaluate("race => race.seek(3)")
    lit(code, "agreements = einsum")
    expect(code.get_by_role("button", name="Iteration 1")).to_have_attribute("aria-pressed", "true")
    with rerun(page):
        code.get_by_role("button", name="Iteration 2").click()
    page.wait_for_function("() => location.search.includes('step=2')")
    expect(race).to_have_attribute("data-iteration", "2")
    with rerun(page):
        page.get_by_role("radio", name="model.py").click()
    page.wait_for_function("() => location.search.includes('code=model')")
    expect(page.locator(".st-key-code-model .mark")).to_have_count(9)
    assert shown(page, "model") == inspect.getsource(model)


def test_on_a_phone_the_note_stands_below_its_line(phone_visitor: BrowserContext, address: str) -> None:
    page = open_app(phone_visitor, f"{address}/code?code=losses", ".st-key-code-losses .note math")
    code = page.locator(".st-key-code-losses")
    assert shown(page, "losses") == inspect.getsource(losses)
    line = code.locator(".mark", has_text="return (missed + imagined)")
    line.tap()
    at_rest(page)
    expect(line.locator("xpath=following-sibling::*[1]")).to_have_class("note")
    expect(code.locator(".note .now p")).to_have_count(2)
    assert code.locator(".annotated-code").evaluate(SMALLEST) >= 13
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
