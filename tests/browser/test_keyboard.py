"""What keyboards and screen readers meet: where the focus is, what is said, and what can be seen to have the focus."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explorer.text import Say
from tests.browser.fixtures import PANEL, PREDICTION, SOURCES, at_rest, heading, links, rerun
from tests.browser.modules import ModulePage, module_page, modules
from tests.explorer.colour_vision import contrast

__all__ = ["module_page", "modules"]
say = Say()
FOCUSED = """() => {
    let element = document.activeElement
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    let host = element
    while (host.getRootNode() instanceof ShadowRoot) host = host.getRootNode().host
    const key = [...(host.closest('[class*="st-key-"]')?.classList ?? [])].find(name => name.startsWith("st-key-"))
    const name = (element.getAttribute("aria-label") ?? element.textContent).trim()
    return [key?.slice("st-key-".length) ?? "", element.getAttribute("role") ?? element.localName, name]
}"""
"""Key, role and name of what has the focus."""
RING = """tile => {
    const picture = getComputedStyle(tile.querySelector("i"))
    return [picture.outlineColor, picture.outlineOffset, picture.boxShadow]
}"""


def focused(page: Page) -> tuple[str, str, str]:
    key, role, name = page.evaluate(FOCUSED)
    return key, role, name


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def open_sources(page: Page) -> None:
    with rerun(page):
        page.locator(SOURCES).first.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_focused()


def a_tile_with_the_focus_stands_out_from_its_black_picture(page: Page) -> None:
    ring, offset, rim = page.locator(".st-key-examples-0 button").nth(2).evaluate(RING)
    assert float(offset.removesuffix("px")) >= 2
    assert contrast(_hex(ring), _hex(rim)) >= 3
    assert contrast("#000000", _hex(rim)) >= 3


def test_an_example_is_chosen_by_keyboard_and_the_focus_comes_back(page: Page) -> None:
    open_sources(page)
    press(page, "Tab", "Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(page.locator(SOURCES).first).to_be_focused()
    at_rest(page)
    open_sources(page)
    press(page, "Tab")
    assert focused(page) == ("source-tabs", "tab", "Examples")
    press(page, "Shift+Tab")  # round to the last one, and on to the first
    assert focused(page)[0] == "examples-2"
    press(page, "Tab")
    assert focused(page)[1] == "tab"
    press(page, "Tab", "Tab", "ArrowRight", "ArrowRight")
    assert focused(page) == ("examples-0", "button", "2")
    a_tile_with_the_focus_stands_out_from_its_black_picture(page)
    with rerun(page):
        press(page, "Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(page.locator(SOURCES).first).to_be_focused()
    expect(page.locator(PANEL)).to_contain_text("Example: 2")


def test_what_the_header_opens_is_reached_by_keyboard_and_left_again(page: Page) -> None:
    expect(page.get_by_role("link", name="Link to heading")).to_have_count(0)  # an invisible stop at each heading
    for name in ("header.card", "header.phones"):
        page.get_by_role("button", name=say(name)).press("Enter")
        expect(page.get_by_test_id("stPopoverBody")).to_be_focused()
        at_rest(page)
        press(page, "Tab")
        assert page.evaluate("document.querySelector('[data-testid=stPopoverBody]').contains(document.activeElement)")
        press(page, "Escape")
        expect(page.get_by_role("button", name=say(name))).to_be_focused()
        at_rest(page)


def test_an_iteration_is_chosen_and_a_vote_turned_and_the_focus_stays(page: Page) -> None:
    with rerun(page):
        links(page)[1].click()
    name = say("by_hand.step", iteration=1)
    with rerun(page):
        page.get_by_role("button", name=name).press("Enter")
    assert focused(page) == ("by-hand", "button", name)
    tip = page.locator(".st-key-by-hand .tip").first
    tip.press("ArrowLeft")
    back = page.get_by_role("button", name=say("by_hand.back"))
    back.press("Enter")
    expect(back).to_be_hidden()
    assert focused(page)[:2] == ("by-hand", "slider")


def test_a_new_answer_is_said_and_the_same_one_is_not_said_again(page: Page) -> None:
    region = page.locator(PREDICTION).get_by_role("status")
    expect(region).to_have_attribute("aria-live", "polite")
    expect(region).to_contain_text("The answer is 4: length 0.")
    assert heading(page).startswith("4")
    region.evaluate("""region => {
        window.said = []
        new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true })
    }""")
    with rerun(page):
        page.locator(PANEL).get_by_role("radio", name="9").click()
    assert page.evaluate("window.said") == []
    with rerun(page):
        page.get_by_role("button", name="Clear").click()
    expect(region).to_contain_text("Draw")
    assert len(page.evaluate("window.said")) == 1
    expect(page.get_by_role("link", name="Link to heading")).to_have_count(0)


def _hex(css: str) -> str:
    """The first colour of a CSS value."""
    red, green, blue = (int(part) for part in re.findall(r"\d+", css)[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


CONTROLS = """
    document.body.innerHTML = `
        <div class="st-key-first"><button id="a">a</button><button id="b">b</button></div>
        <div class="st-key-second"><button id="c">c</button></div>
        <div class="st-key-third"><button id="d">d</button></div>`
    const settled = () => new Promise(done => setTimeout(done, 100))
    const keeper = new m.Focus()
    const get = id => document.getElementById(id)
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param("get('d').remove()", "c", id="to the control before"),
        pytest.param("get('d').parentNode.remove(); get('c').parentNode.remove()", "b", id="further back"),
        pytest.param("get('d').parentNode.innerHTML = '<button id=e>e</button>'", "e", id="to what replaced it"),
        pytest.param("get('d').remove(); get('a').focus()", "a", id="where somebody else put it"),
        pytest.param("get('c').remove()", "d", id="not taken from what keeps it"),
    ],
)
def test_focus_that_is_lost_goes_to_the_control_before(modules: ModulePage, change: str, expected: str) -> None:
    code = f"{CONTROLS} get('d').focus(); {change}; await settled(); keeper.end(); return document.activeElement.id"
    assert modules.run("keyboard_focus/focus.js", code) == expected


def test_focus_goes_nowhere_after_a_click_beside_everything(modules: ModulePage) -> None:
    code = f"""{CONTROLS}
        get("d").focus()
        document.body.dispatchEvent(new PointerEvent("pointerdown", {{ bubbles: true }}))
        get("d").remove()
        await settled()
        return document.activeElement.localName
    """
    assert modules.run("keyboard_focus/focus.js", code) == "body"


def test_words_are_said_once_even_by_another_region(modules: ModulePage) -> None:
    code = """
        const regions = [document.createElement("div"), document.createElement("div")]
        const said = regions.map(region => {
            const all = []
            Object.defineProperty(region, "textContent", { set: words => all.push(words) })
            return all
        })
        m.announce(regions[0], "4")
        m.announce(regions[0], "4")
        m.announce(regions[0], "9")
        m.announce(regions[1], "9")
        m.announce(regions[1], "4")
        return said
    """
    result: Any = modules.run("live_region/announce.js", code)
    assert result == [["4", "9"], ["4"]]
