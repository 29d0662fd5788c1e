"""The parts of live reading, each in an empty page: files, the reader's queue, changes that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.modules import ModulePage
from tests.browser.modules import module_page as module_page
from tests.browser.modules import modules as modules

FILES = "/files"


class Files:
    """What a site serves, and what it was asked for."""

    def __init__(self, modules: ModulePage) -> None:
        self.modules = modules
        self.asked: list[str] = []
        self.answer: Callable[[Route], None] = lambda route: route.fulfill(body=b"abc")
        modules.page.route(f"**{FILES}/**", self._serve)

    def _serve(self, route: Route) -> None:
        self.asked.append(route.request.url.rpartition("/")[2])
        self.answer(route)

    def run(self, code: str, argument: Any = None) -> Any:
        return self.modules.run("shared/files.js", code, argument)


@pytest.fixture
def files(modules: ModulePage) -> Iterator[Files]:
    modules.page.evaluate("""() => new Promise(done => {
        const removal = indexedDB.deleteDatabase("capsnet")
        removal.onsuccess = removal.onerror = removal.onblocked = done
    })""")
    modules.open()
    yield Files(modules)
    modules.page.unroute(f"**{FILES}/**")


READ = "return new TextDecoder().decode(await m.fileAt(given))"


def test_a_file_is_fetched_once_for_all_who_ask(files: Files) -> None:
    code = "return (await Promise.all([m.fileAt(given), m.fileAt(given)])).map(bytes => bytes.byteLength)"
    assert files.run(code, f"{FILES}/one") == [3, 3]
    assert files.run(READ, f"{FILES}/one") == "abc"
    assert files.asked == ["one"]


def test_a_file_is_kept_when_the_page_is_left(files: Files) -> None:
    assert files.run(READ, f"{FILES}/kept") == "abc"
    files.modules.open()
    assert files.run(READ, f"{FILES}/kept") == "abc"
    assert files.asked == ["kept"]


def test_only_the_newest_files_are_kept(files: Files) -> None:
    for name in "abcdefg":
        files.run(f"await m.fileAt('{FILES}/{name}'); await new Promise(done => setTimeout(done, 2))")
    files.modules.open()
    files.asked.clear()
    files.run(READ, f"{FILES}/b")
    files.run(READ, f"{FILES}/a")
    assert files.asked == ["a"]


def test_the_newest_file_is_kept_although_the_clock_was_set_back(files: Files) -> None:
    for hours, name in enumerate("abcdefg"):
        files.run(f"Date.now = () => {10**12 - 3_600_000 * hours}; await m.fileAt('{FILES}/{name}')")
    files.modules.open()
    files.asked.clear()
    files.run(READ, f"{FILES}/g")
    files.run(READ, f"{FILES}/a")
    assert files.asked == ["a"]


def test_a_line_on_which_nothing_comes_is_given_up_and_tried_again(files: Files) -> None:
    silent: list[Route] = []

    def hold_the_first(route: Route) -> None:
        route.fulfill(body=b"abc") if silent else silent.append(route)

    files.answer = hold_the_first
    code = """
        let silence, every = window.setInterval
        window.setInterval = (act, time) => ((silence = time), every(act, 250))
        window.setTimeout = act => queueMicrotask(act)
        return [new TextDecoder().decode(await m.fileAt(given)), silence]"""
    assert files.run(code, f"{FILES}/silent") == ["abc", 20_000]
    assert len(files.asked) >= 2  # more where the machine is too busy to answer within half a second


def test_weights_that_never_came_are_asked_for_again_with_the_next_answer_of_the_server(files: Files) -> None:
    files.answer = lambda route: route.abort()
    code = """
        const states = [], later = window.setTimeout
        const live = new m.Live(() => states.at(-1) === live.state.name || states.push(live.state.name))
        live.begin = () => ({ end() {}, forget() {}, takeNetwork() {}, takeDecoder() {}, takeRefinement: () => came() })
        let came
        const all = new Promise(done => (came = done))
        const data = { digest: "d", files: { network: given + "n", decoder: given + "d", refinement: given + "r" } }
        window.setTimeout = act => queueMicrotask(act)
        console.warn = () => {}
        live.use(data)
        while (live.state.name !== "failed") await new Promise(done => later(done, 5))
        live.use(data) // still away
        while (live.state.name !== "failed") await new Promise(done => later(done, 5))
        %s
        live.use(data)
        await all
        return states"""
    files.modules.page.expose_function(
        "online", lambda: setattr(files, "answer", lambda route: route.fulfill(body=b"w"))
    )
    states = files.modules.run("live/live.js", code % "await online()", f"{FILES}/late-")
    assert states == ["loading", "failed"] * 2 + ["loading"]


def test_without_a_store_files_are_fetched_all_the_same(files: Files) -> None:
    code = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none') } }); " + READ
    assert files.run(code, f"{FILES}/private") == "abc"


def test_what_is_not_there_yet_is_asked_for_again(files: Files) -> None:
    answers: Iterator[int] = iter([404, 500, 200])
    files.answer = lambda route: route.fulfill(status=next(answers), body=b"late")
    quick = "window.setTimeout = (act, time) => (waits.push(time), queueMicrotask(act)); "
    code = "const waits = []; " + quick + "const bytes = await m.fileAt(given); return [bytes.byteLength, waits]"
    assert files.run(code, f"{FILES}/late") == [4, [1000, 2000]]


def test_what_never_comes_fails_and_may_be_asked_for_anew(files: Files) -> None:
    files.answer = lambda route: route.fulfill(status=404)
    quick = "window.setTimeout = act => queueMicrotask(act); "
    failed = files.run(quick + "return m.fileAt(given).catch(error => error.message)", f"{FILES}/gone")
    assert failed.endswith("/gone: 404")
    files.answer = lambda route: route.fulfill(body=b"abc")
    assert files.run(READ, f"{FILES}/gone") == "abc"


def test_progress_goes_up_to_the_whole(files: Files) -> None:
    files.answer = lambda route: route.fulfill(body=b"x" * 100_003)
    shares = files.run("const all = []; await m.fileAt(given, share => all.push(share)); return all", f"{FILES}/big")
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


WORKER = """
    const posted = []
    const worker = { postMessage: message => posted.push(message), terminate: () => posted.push("ended") }
    const heard = []
    const reader = new m.LiveReader(worker, {
        ready: speed => heard.push(["ready", speed]),
        reading: reading => heard.push(["reading", reading]),
        failed: message => heard.push(["failed", message]),
    })
    const answer = data => worker.onmessage({ data })
    let copies = 0
    const canvas = name => () => (copies++, { pixels: new ArrayBuffer(8), size: name, options: {} })
    const sizes = () => posted.map(({ size }) => size)
"""


def test_the_newest_picture_wins(modules: ModulePage) -> None:
    code = f"""{WORKER}
        reader.offer(canvas(1))
        answer({{ speed: 7 }})          // only now anything is read
        reader.offer(canvas(2))
        reader.offer(canvas(3))         // 2 is never copied
        answer({{ number: 1, reading: "a" }})
        answer({{ number: 2, reading: "c" }})
        return [sizes(), heard, copies]"""
    sizes, heard, copies = modules.run("live/live_reader.js", code)
    assert sizes == [1, 3]
    assert heard == [["ready", 7], ["reading", "a"], ["reading", "c"]]
    assert copies == 2


def test_a_reading_that_nobody_waits_for_is_not_told(modules: ModulePage) -> None:
    code = f"""{WORKER}
        answer({{ speed: 7 }})
        reader.offer(canvas(1))
        reader.forget()
        answer({{ number: 1, reading: "old" }})
        reader.offer(canvas(2))
        answer({{ number: 3, reading: "new" }})
        return [sizes(), heard.slice(1), posted.map(({{ number }}) => number)]"""
    assert modules.run("live/live_reader.js", code) == [[1, 2], [["reading", "new"]], [1, 3]]


def test_after_a_failure_nothing_is_read(modules: ModulePage) -> None:
    code = f"""{WORKER}
        answer({{ speed: 7 }})
        answer({{ failed: "out of memory" }})
        reader.offer(canvas(1))
        return [posted, heard.slice(1)]"""
    assert modules.run("live/live_reader.js", code) == [["ended"], [["failed", "out of memory"]]]


def test_whoever_asked_is_told(modules: ModulePage) -> None:
    code = f"""{WORKER}
        answer({{ speed: 7 }})
        const [one, two, three] = [1, 2, 3].map(n => reader.ask({{ n }}).catch(error => error.message))
        answer({{ asked: 2, answer: "b" }})
        answer({{ asked: 1, problem: "a picture must have 784 pixels" }})
        answer({{ failed: "out of memory" }})
        return [await Promise.all([one, two, three]), posted.slice(0, 3)]"""
    answers, posted = modules.run("live/live_reader.js", code)
    assert answers == ["a picture must have 784 pixels", "b", None]
    assert posted == [{"question": {"n": n}, "asked": n} for n in (1, 2, 3)]


def test_without_a_network_the_answer_is_nothing(modules: ModulePage) -> None:
    assert modules.run("shared/ask_network.js", "return m.askNetwork({})") is None
