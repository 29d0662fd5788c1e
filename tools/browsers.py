"""What a class does first, in browsers other than the Chromium of the tests: Firefox and WebKit.

`make browsers` says of each what was tried, and what was not; it needs both (Debian: `apt-get install firefox-esr
webkit2gtk-driver xvfb`).
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any

from tools.browser_drivers import Driver, firefox, webkit
from tools.server import serving

PATIENCE = 45.0
"""Seconds until something that is waited for counts as missing."""
DEEP = """const inside = (root, part) => [
    ...root.querySelectorAll(part),
    ...[root, ...root.querySelectorAll("*")].flatMap(host => (host.shadowRoot ? inside(host.shadowRoot, part) : [])),
]
const every = selector =>
    selector.split(" ").reduce((roots, part) => roots.flatMap(root => inside(root, part)), [document])
const deep = selector => every(selector)[0] ?? null
const text = selector => (deep(selector) ?? {}).innerText ?? ""
const box = selector => {
    const { x, y, width } = deep(selector).getBoundingClientRect()
    return [x, y, width]
}
const centre = element => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return [x + width / 2, y + height / 2]
};
"""
"""What finds elements also within components, whose own trees are closed to plain selectors."""
ERRORS = """window.smoke = []
const later = "ResizeObserver loop completed with undelivered notifications."
addEventListener("error", event => event.message === later || window.smoke.push(event.message))
addEventListener("unhandledrejection", event => window.smoke.push(String(event.reason)))"""
"""What keeps errors. That a size is told a frame later is none, though browsers say so as if it were."""
CANVAS = ".st-key-digit-canvas canvas.upper-canvas"
GIVEN = ".st-key-normalised img"
SLIDER = ".st-key-pose-lab .dimension[data-effect] input[type=range]"
RESTING = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
SEVEN = ((70, 70), (200, 70), (130, 220))
"""A stroke on the canvas, 280 pixels high and wide."""
SPACING = 7
"""Pixels of the canvas from one place of the pen to the next, at 60 places a second."""


class Smoke:
    """A person's first steps; each says what was seen."""

    def __init__(self, driver: Driver, address: str) -> None:
        self._driver, self._address = driver, address

    def steps(self) -> Iterator[str]:
        """Does one step after the other.

        Raises:
            TimeoutError: what should have come did not.
        """
        yield self._opens()
        yield self._draws()
        yield self._reads_live()
        yield self._plays()
        yield self._turns()
        errors = self._see("window.smoke")
        if errors:
            raise TimeoutError(f"errors in the page: {errors}")
        yield "no error in the page"

    def _opens(self) -> str:
        self._driver.open(self._address)
        self._driver.run(ERRORS)
        self._until("text('.st-key-prediction h1')[0] === '4' && !!deep('.anatomy[data-digit]')", "the example, a 4")
        return "opens with an example, read as a 4"

    def _draws(self) -> str:
        self._until(f"!!deep('{GIVEN}')", "the example's picture")
        before = self._see(f"deep('{GIVEN}').src")
        self._click("deep('.st-key-digit-canvas .clear')")
        self._until(f"deep('{GIVEN}')?.src !== {json.dumps(before)} && {RESTING}", "an empty canvas")
        self._stroke(SEVEN, lift=True)
        self._until(f"text('.st-key-prediction h1')[0] === '7' && {RESTING}", "a 7")
        return "a 7 is drawn, and read as a 7"

    def _reads_live(self) -> str:
        self._until("window.capsnetFiles?.size >= 3", "the network's files")
        self._until("!deep('.st-key-live input').disabled", "the switch of live reading")
        if not self._see("deep('.st-key-live input').checked"):
            self._click("deep('.st-key-live label')")
            self._until("deep('.st-key-live input').checked", "live reading")
        self._stroke(((70, 200), (210, 200)), lift=False)
        self._until("!!deep('.st-key-normalised .live-overlay')", "a picture while the pen is down")
        self._driver.act([_mouse({"type": "pointerUp", "button": 0})])
        self._until(f"!deep('.st-key-normalised .live-overlay') && {RESTING}", "the server's picture")
        return "the network in the browser reads while the pen is down"

    def _plays(self) -> str:
        self._click("every('a').find(found => found.pathname === '/routing')")
        self._until("!!deep('.race[data-ready] button.play')", "the routing page's player")
        self._click("deep('.race button.play')")
        self._until("!!deep('.race button.play.playing')", "routing to play")
        self._until("!deep('.race button.play.playing')", "its end")
        return "routing plays to its end"

    def _turns(self) -> str:
        self._click("every('a').find(found => found.pathname === '/pose')")
        slider = f"deep('{SLIDER}')"
        self._until(f"!!deep('.pose-lab[aria-busy=false]') && !!{slider} && {RESTING}", SLIDER)
        before = self._see(f"[location.search, {slider}.value]")
        self._drag(slider, 0.8, 0.3)
        self._until(f"location.search !== {json.dumps(before[0])} && {RESTING}", "pose in the address")
        dragged = self._see(f"[location.search, {slider}.value]")
        if "pose=" not in dragged[0] or float(dragged[1]) >= float(before[1]):
            raise TimeoutError(f"the slider was not dragged: {before} is {dragged}")
        self._driver.run(f"{DEEP} {slider}.focus()")
        keys = [{"type": kind, "value": "\ue014"} for _ in range(5) for kind in ("keyDown", "keyUp")]
        self._driver.act([{"type": "key", "id": "keys", "actions": keys}])
        self._until(f"location.search !== {json.dumps(dragged[0])}", "pose of the keys in the address")
        return "a slider turns the pose, dragged and by keys"

    def _see(self, expression: str) -> Any:
        return self._driver.run(f"{DEEP} return {expression}")

    def _until(self, expression: str, what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self._see(expression):
            if time.monotonic() > end:
                raise TimeoutError(f"no {what} within {PATIENCE:.0f} seconds")
            time.sleep(0.2)

    def _click(self, element: str) -> None:
        """Presses the mouse in the middle of an element."""
        self._until(f"!!({element})", element)
        x, y = self._see(f"(({element}).scrollIntoView({{block: 'center'}}), centre({element}))")
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._driver.act([_mouse(_move(x, y), *press)])

    def _drag(self, slider: str, start: float, end: float) -> None:
        """Moves a slider with the pen down, between shares of its width."""
        x, y = self._see(f"({slider}.scrollIntoView({{block: 'center'}}), centre({slider}))")
        width = self._see(f"{slider}.getBoundingClientRect().width")
        first, *others = [_move(x + (start + (end - start) * step / 10 - 0.5) * width, y) for step in range(11)]
        press, lift = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._driver.act([_mouse(first, press, *others, lift)])

    def _stroke(self, points: tuple[tuple[int, int], ...], *, lift: bool) -> None:
        """A line through points of the canvas."""
        left, top, width = self._see(f"box('{CANVAS}')")
        first, *others = [_move(left + x * width / 280, top + y * width / 280) for x, y in _walked(points)]
        end = [{"type": "pointerUp", "button": 0}] if lift else []
        self._driver.act([_mouse(first, {"type": "pointerDown", "button": 0}, *others, *end)])


def _walked(points: Sequence[tuple[int, int]]) -> Iterator[tuple[float, float]]:
    """Points of a line, and between them as many as a hand leaves.

    WebKit's driver jumps from one place to the next, whatever a move's duration, and the canvas rounds the corners
    between places that are far apart: of three points of a 7 it makes a curve that is read as a 1.
    """
    yield points[0]
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = max(1, round(math.hypot(to_x - x, to_y - y) / SPACING))
        for step in range(1, steps + 1):
            yield x + (to_x - x) * step / steps, y + (to_y - y) * step / steps


def _move(x: float, y: float) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 16}


def _mouse(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": list(actions)}


def tried(name: str, begin: Callable[[], AbstractContextManager[tuple[str, Driver]]], address: str) -> bool:
    """Whether a browser did it all; says what it did."""
    try:
        with begin() as (version, driver):
            print(version, flush=True)
            for step in Smoke(driver, address).steps():
                print(f"  {step}", flush=True)
    except LookupError as error:
        print(f"{name}: NOT TRIED, {error}", flush=True)
    except Exception as error:
        print(f"{name}: FAILED, {type(error).__name__}: {error}", flush=True)
    else:
        return True
    return False


if __name__ == "__main__":
    with serving() as server:
        passed = [tried("Firefox", firefox, server), tried("WebKit", webkit, server)]
    sys.exit(0 if all(passed) else 1)
