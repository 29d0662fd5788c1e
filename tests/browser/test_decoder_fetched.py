"""The decoder comes over HTTP: fetched once for all views, never given up on, and whenever it comes it is used."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.fixtures import open_app
from tests.browser.modules import ModulePage, module_page, modules
from tests.browser.pose_page import LAB, pixels, strongest

__all__ = ["module_page", "modules"]
INSTRUMENT = """
    const seen = []
    class View {
        constructor(root, data) { seen.push("begins with " + data.view) }
        update(data) { seen.push(data.view + " of " + data.digest) }
        choose(pose) { seen.push("chosen " + pose) }
        follow(reading) { seen.push(reading ? "follows " + reading.winner : "rests") }
        end() { seen.push("ended") }
    }
    const asked = [], failures = []
    let come, fail
    const decoderAt = address => {
        asked.push(address)
        return new Promise((...settle) => ([come, fail] = settle))
    }
    const instrument = new m.Instrument({ lab: View, figure: View }, decoderAt)
    const data = { view: "lab", digest: "d", decoder_address: "files/d", subject: "s", side: 1, own: [1],
        words: { waiting: "wait" }, send: (event, value) => failures.push([event, value]) }
    const lab = document.createElement("div"), figure = document.createElement("div")
    const bothReady = async () => {
        instrument.show(lab, data)
        instrument.show(figure, { ...data, view: "figure" })
        come({})
        await settled()
        seen.length = 0
    }
    const settled = () => new Promise(done => setTimeout(done))
"""


def run(modules: ModulePage, code: str) -> Any:
    return modules.run("pose_lab/instrument.js", INSTRUMENT + code)


def test_a_decoder_is_asked_for_once_for_all_views(modules: ModulePage) -> None:
    code = """
        instrument.show(figure, { ...data, view: "figure" })
        instrument.show(lab, data)
        instrument.show(lab, data)
        return [asked, lab.textContent, figure.textContent, lab.getAttribute("aria-busy"), seen]
    """
    assert run(modules, code) == [["files/d"], "wait", "", "true", []]


def test_all_views_begin_when_it_comes(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        instrument.show(figure, { ...data, view: "figure" })
        come({})
        await settled()
        return [seen, lab.getAttribute("aria-busy")]
    """
    assert run(modules, code) == [["begins with lab", "lab of d", "begins with figure", "figure of d"], "false"]


def test_who_left_and_came_back_gets_what_was_under_way(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        instrument.remove(lab)
        instrument.show(figure, data)
        come({})
        await settled()
        return [asked.length, seen]
    """
    assert run(modules, code) == [1, ["begins with lab", "lab of d"]]


def test_a_failure_is_told_by_the_sliders_and_a_later_try_may_succeed(modules: ModulePage) -> None:
    code = """
        console.warn = () => {}
        instrument.show(lab, data)
        instrument.show(figure, { ...data, view: "figure" })
        fail(new Error("404"))
        await settled()
        const told = [...failures]
        instrument.show(lab, data)
        come({})
        await settled()
        return [told, asked.length, seen.includes("lab of d")]
    """
    assert run(modules, code) == [[["failed", "d"]], 2, True]


def test_a_pose_chosen_in_a_figure_goes_to_the_sliders_of_its_subject(modules: ModulePage) -> None:
    code = """
        await bothReady()
        instrument.choose("another", [1])
        instrument.choose("s", [2])
        return seen
    """
    assert run(modules, code) == ["chosen 2"]


def test_sliders_follow_the_pen_of_their_own_network(modules: ModulePage) -> None:
    code = """
        await bothReady()
        instrument.follow({ digest: "another", winner: 1 })
        instrument.follow({ digest: "d", winner: 2 })
        instrument.follow(null)
        return seen
    """
    assert run(modules, code) == ["follows 2", "rests"]


class HeldBack:
    """Stands between page and server, and holds the decoder back."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.held: list[Route] = []
        context.route("**/*-decoder.safetensors.gz", self.hold)

    def hold(self, route: Route) -> None:
        self.held.append(route)

    def wait(self) -> None:
        """Until it was asked for."""
        for _ in range(600):
            if self.held:
                return
            self.context.pages[0].wait_for_timeout(100)
        raise TimeoutError("no decoder was asked for within a minute")

    def release(self) -> None:
        """Lets it come."""
        for route in self.held:
            route.continue_()


def until_live(page: Page) -> None:
    """Waits for the sliders and their order by effect."""
    page.locator(f"{LAB} .dimension[data-effect]").nth(15).wait_for()


def assert_live(page: Page) -> None:
    before = pixels(page)
    strongest(page).focus()
    page.keyboard.press("Home")
    assert (pixels(page) != before).any()
    expect(page.get_by_text("draw on the server")).to_have_count(0)


def test_a_decoder_that_comes_late_is_used(context: BrowserContext, address: str) -> None:
    line = HeldBack(context)
    page = open_app(context, f"{address}/pose", last=LAB)
    waiting = page.locator(LAB).get_by_text("Loading the decoder")
    waiting.wait_for()
    line.wait()
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="Pose").click()
    waiting.wait_for()
    line.release()
    until_live(page)
    assert_live(page)
    assert len(line.held) == 1  # for the sliders, before and after, and for the panel's own network
