"""The decoder on a slow line: asked for once, never given up on, and whenever it comes it is used."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.modules import ModulePage, module_page, modules
from tests.browser.pose_page import LAB, pixels, strongest

__all__ = ["module_page", "modules"]
INSTRUMENT = """
    const seen = []
    class View {
        constructor(root, data) { seen.push("begins with " + data.view) }
        update(data) { seen.push(data.view + " of " + data.digest) }
        choose(pose) { seen.push("chosen " + pose) }
        end() { seen.push("ended") }
    }
    const instrument = new m.Instrument({ lab: View, figure: View })
    const requests = [], failures = []
    const data = { view: "lab", digest: "d", subject: "s", side: 1, own: [1], words: { waiting: "wait" }, asks: true,
        send: (event, value) => failures.push([event, value]), request: request => requests.push(request) }
    const lab = document.createElement("div"), figure = document.createElement("div")
    const weights = btoa(String.fromCharCode(...Array(2 * 6).fill(0)))
    const deliver = (more, token = requests.at(-1).token) => instrument.deliver({ digest: "d", token, ...more })
    const sent = { weights, layers: [1, 1, 1, 1] }
    const tokens = () => new Set(requests.map(request => request.token)).size
    const past = async () => { for (const go of timers.splice(0)) go() }
    const timers = []
    window.setTimeout = go => timers.push(go)
    window.clearTimeout = number => timers.splice(number - 1, 1)
"""


def run(modules: ModulePage, code: str) -> Any:
    return modules.run("pose_lab/instrument.js", INSTRUMENT + code)


def test_a_decoder_is_asked_for_once_by_the_view_that_asks_for_all(modules: ModulePage) -> None:
    code = """
        instrument.show(figure, { ...data, view: "figure", asks: false })
        instrument.show(lab, data)
        instrument.show(lab, { ...data, requested: requests[0].token })
        await past()
        return [requests.length, requests[0].digest, lab.textContent, figure.textContent, failures]
    """
    assert run(modules, code) == [1, "d", "wait", "", []]


def test_all_views_begin_when_it_comes_and_no_timer_ends_the_wait(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        instrument.show(figure, { ...data, view: "figure", asks: false })
        const waited = timers.length
        deliver(sent)
        return [waited, seen, lab.getAttribute("aria-busy"), requests.length]
    """
    expected = [0, ["begins with lab", "lab of d", "begins with figure", "figure of d"], "false", 1]
    assert run(modules, code) == expected


def test_another_view_of_the_same_decoder_repeats_the_request_that_is_under_way(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        instrument.remove(lab)
        instrument.show(document.createElement("div"), data)
        return [requests.length, tokens()]
    """
    assert run(modules, code) == [2, 1]


def test_a_server_that_has_forgotten_the_request_is_told_again(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, { ...data, requested: null })
        instrument.show(lab, { ...data, requested: requests[0].token })
        instrument.show(lab, { ...data, requested: null })
        return [requests.length, tokens()]
    """
    assert run(modules, code) == [2, 1]


def test_it_is_asked_for_anew_only_when_what_was_sent_is_lost(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        deliver({}, "an earlier token")
        await past()
        const before = tokens()
        deliver({})
        deliver({})
        await past()
        const after = tokens()
        deliver(sent, requests[0].token)
        await past()
        return [before, after, requests.length, seen, failures]
    """
    assert run(modules, code) == [1, 2, 2, ["begins with lab", "lab of d"], []]


def test_weights_that_come_just_behind_their_word_are_not_asked_for_again(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        deliver({})
        deliver(sent)
        await past()
        return [tokens(), seen]
    """
    assert run(modules, code) == [1, ["begins with lab", "lab of d"]]


def test_a_real_error_is_told_and_takes_nothing_away_that_works(modules: ModulePage) -> None:
    code = """
        console.warn = () => {}
        instrument.show(lab, data)
        deliver({ ...sent, weights: "AAA=" })
        const told = [...failures]
        deliver(sent)
        deliver({ ...sent, weights: "AAA=" })
        return [told, failures.length, seen, instrument.decoders.has("d")]
    """
    told, count, seen, there = run(modules, code)
    assert told == [["failed", "d"]]
    assert seen == ["begins with lab", "lab of d"]
    assert there
    assert count == 1


def test_a_pose_chosen_in_a_figure_goes_to_the_sliders_of_its_subject(modules: ModulePage) -> None:
    code = """
        instrument.show(lab, data)
        instrument.show(figure, { ...data, view: "figure", asks: false })
        deliver(sent)
        seen.length = 0
        instrument.choose("another", [1])
        instrument.choose("s", [2])
        return seen
    """
    assert run(modules, code) == ["chosen 2"]


class HeldBack:
    """Stands between page and server, and holds everything back from the first large message on."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.held: list[str | bytes] = []
        self.large = 0
        self.holding = True
        self._page: WebSocketRoute | None = None
        context.route_web_socket("**/_stcore/stream", self._connect)

    def wait(self) -> None:
        """Until the first large message is held back."""
        for _ in range(600):
            if self.large:
                return
            self.context.pages[0].wait_for_timeout(100)
        raise TimeoutError("no decoder was sent within a minute")

    def release(self) -> None:
        assert self._page
        while self.held:  # more may come meanwhile, which must not overtake
            self._page.send(self.held.pop(0))
        self.holding = False

    def _connect(self, page: WebSocketRoute) -> None:
        self._page = page
        server = page.connect_to_server()
        server.on_message(self._receive)

    def _receive(self, message: str | bytes) -> None:
        assert self._page
        self.large += len(message) > 500_000  # as a decoder is, the tiny network's too
        if self.holding and self.large:
            self.held.append(message)
        else:
            self._page.send(message)


def test_a_decoder_that_comes_late_is_used(context: BrowserContext, address: str) -> None:
    line = HeldBack(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.clock.install()
    page.goto(f"{address}/pose")
    lab = page.locator(LAB)
    lab.get_by_text("Waiting for the decoder").wait_for()
    line.wait()
    page.clock.fast_forward(15_000)
    page.clock.fast_forward(45_000)
    page.wait_for_timeout(1000)
    assert line.large == 1
    expect(lab.get_by_text("Waiting for the decoder")).to_be_visible()
    line.release()
    until_live(page)
    page.clock.fast_forward(60_000)
    assert_live(page)
    assert line.large == 1


def until_live(page: Page) -> None:
    """Waits for the sliders and their order by effect; a socket that is held back has no traffic to be watched."""
    page.locator(f"{LAB} .dimension[data-effect]").nth(15).wait_for()


def assert_live(page: Page) -> None:
    before = pixels(page)
    strongest(page).focus()
    page.keyboard.press("Home")
    assert (pixels(page) != before).any()
    expect(page.get_by_text("draw on the server")).to_have_count(0)


def test_who_leaves_the_page_meanwhile_and_comes_back_gets_it(context: BrowserContext, address: str) -> None:
    line = HeldBack(context)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/pose")
    line.wait()
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="Pose").click()
    line.release()
    until_live(page)
    assert_live(page)
    assert line.large <= 2  # twice, where the page had gone before it could take the first
