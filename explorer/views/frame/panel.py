"""The digit panel, on every page: the canvas, other sources of a digit, and what the network says about it."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from capsnet.config import CapsNetConfig
from capsnet.ink import Frame
from explorer.components.drawing_canvas import Put, Shown, drawing_canvas
from explorer.components.live import ServerReading, live_reading
from explorer.components.live_region import say_aloud
from explorer.digit_library import DigitLibrary
from explorer.drawing import is_dot, to_mnist
from explorer.measures.answer import Doubt, two_longest, verdict
from explorer.networks import Network
from explorer.palette import palette
from explorer.pictures import data_url, png
from explorer.presets import load_presets, render
from explorer.reading import CapsuleReading, Reading
from explorer.session import Blank, Digit, Drawing, Session
from explorer.session.digit_text import digit_named, digit_text
from explorer.session.digits import kept_drawing
from explorer.session.strokes import strokes_of
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.frame import sources
from explorer.views.origin import origin_text
from explorer.views.widgets import bound

MOST_PILLS = 10
"""More classes than this, or classes with longer names than a digit's, are chosen from a list."""
SCREEN = 64
"""Height and width of the network's picture on the screen, in pixels."""
ICON = 64


@cache
def icon() -> Image.Image:
    """The browser tab's: the first example. Streamlit would fetch one of its own icons from elsewhere."""
    first = load_presets()[0]
    return Image.fromarray(render(first.strokes, first.width, ICON))


def canvas(session: Session, network: Network, say: Say) -> None:
    """Canvas and the other sources; what comes of them is the session's digit."""
    with st.container(key="digit-canvas", gap="small"):
        words: dict[str, object] = {name: say(f"panel.{name}") for name in ("undo", "clear", "canvas", "hint", "pens")}
        words |= say.section("strokes")
        words["widths"] = [say(f"panel.pen_{name}") for name in ("thin", "usual", "fat")]
        shown = drawing_canvas(_put(session), words, key="canvas")
        if shown:
            _take_from_canvas(session, shown, network.frame)
    with st.container(key="canvas-buttons"):
        sources.render(session, network, say)


def answer(session: Session, network: Network, reading: Reading | None, say: Say) -> None:
    """The class read, how sure the network is, and the pixels that it got."""
    size = network.frame.size
    with st.container(key="answer", gap="small"):
        with st.container(key="prediction", gap=None):
            _prediction(network, reading, say)
        with st.container(key="normalised", width="content"):
            image = np.zeros((size, size), np.float32) if reading is None else reading.image
            alt = say("panel.normalised_alt", size=size)
            shown = data_url(png(image, max(1, 3 * SCREEN // size)))  # a file may be gone when it is asked for
            st.image(shown, width=SCREEN, alt=alt)
    _live(session, network, reading, say)
    st.caption(say.markdown("panel.normalised", size=size, origin=origin_text(say, session.digit.origin)))
    if reading is None:
        return
    if isinstance(reading, CapsuleReading) and reading.iterations != reading.trained_iterations:
        st.info(say("panel.iterations", count=reading.iterations, trained=reading.trained_iterations))
    _meant(session, reading.classes, say)


def _live(session: Session, network: Network, reading: Reading | None, say: Say) -> None:
    """The length of each digit capsule, which follows the pen; without capsules, the score of each class."""
    config = network.card.config
    runs = isinstance(config, CapsNetConfig)
    if reading is None:
        said = ServerReading([0.0] * len(network.classes), None)
    else:
        said = ServerReading(reading.scores.tolist(), two_longest(reading)[0])
    words, panel = say.section("live"), say.section("panel")
    if not runs:
        words |= {"meters": panel["scores"], "meter": panel["score"]}
    answers = ("draw", "draw_hint", "sure", "short", "close", "far")
    with st.container(key="live" if runs else "scores"):
        live_reading(
            network.checkpoint,
            (session.choices.iterations or config.iterations) if isinstance(config, CapsNetConfig) else None,
            said,
            words | {name: panel[name] for name in answers},
            palette(st.context.theme.type == "dark"),
            wish=session.page.live,
            wished=lambda wish: session.set_up(live=wish),
            key="live-reading" if runs else "scores-reading",
        )


def _meant(session: Session, classes: tuple[str, ...], say: Say) -> None:
    """Asks which class was meant: single letters at a glance, names or many classes from a list."""
    choice: dict[str, Any] = {
        "key": "meant",
        "value": session.look.meant,
        "chosen": lambda label: session.look_at(meant=label),
        "nothing": True,
    }
    if len(classes) <= MOST_PILLS and max(map(len, classes)) == 1:
        choice |= {"format_func": lambda j: escaped(classes[j]), "width": "stretch"}
        bound(st.pills, say("panel.meant"), range(len(classes)), **choice)
    else:
        bound(
            st.selectbox,
            say("panel.meant"),
            range(len(classes)),
            format_func=lambda j: classes[j],
            index=None,
            placeholder="",
            **choice,
        )


def _prediction(network: Network, reading: Reading | None, say: Say) -> None:
    if reading is None:
        st.markdown(f"## {say('panel.draw')}", anchors=False)
        st.caption(say("panel.draw_hint"))
        say_aloud(f"{say('panel.draw')}: {say('panel.draw_hint')}", key="spoken")
        return
    result, names = verdict(reading, network.thresholds), reading.classes
    values: dict[str, Any] = {
        "guess": names[result.winner],
        "length": result.length,
        "rival": names[result.rival],
        "rival_length": result.rival_length,
    }
    sign = "" if result.doubt is Doubt.NONE else "? "
    st.markdown(f"{_heading(names)} {sign}{escaped(names[result.winner])}", anchors=False)
    said = "sure" if result.doubt in (Doubt.NONE, Doubt.UNTRAINED) else result.doubt.value
    if not isinstance(reading, CapsuleReading):
        said = f"{said}_score"
    st.caption(say.markdown(f"panel.{said}", **values))
    opening = say("panel.unsure_aloud") if sign else say("panel.sure_aloud", guess=values["guess"])
    say_aloud(f"{opening} {say(f'panel.{said}', **values)}", key="spoken")


def _heading(names: tuple[str, ...]) -> str:
    """Its mark: as large as a poster's for digits, as large as fits for names."""
    return "#" if max(map(len, names)) <= 2 else "##"


def _put(session: Session) -> Put:
    """What stands on the canvas until a person changes it: pictures to look at, strokes to go on with."""
    number, digit = session.digits.put
    text = digit_text(digit) or ""
    if isinstance(digit.origin, Drawing) and digit.drawing:
        return Put(session.digits.token, number, text, None, digit.drawing["objects"])
    strokes = digit.drawing["objects"] if digit.drawing else None
    return Put(session.digits.token, number, text, _picture(digit), None, strokes)


@lru_cache(maxsize=64)
def _picture(digit: Digit) -> str | None:
    """A digit's strokes, or else the pixels that the network gets, as a data URL."""
    strokes = strokes_of(digit.drawing) if digit.drawing else None
    if strokes:
        return data_url(png((render(*strokes)[..., 0] / 255).astype(np.float32), 1))
    return None if digit.image is None else data_url(png(digit.image, 1))


def _take_from_canvas(session: Session, shown: Shown, frame: Frame) -> None:
    """Makes what is on the canvas the session's digit, if the person has changed it."""
    digits = session.digits
    if not digits.is_news(shown.session, shown.put, shown.moment):
        return
    known = digits.drawn(shown.objects) if shown.digit is None else digits.known(shown.digit)
    if known:
        session.show_again(known)
    elif shown.digit is None:
        session.take_drawing(_drawn(shown, frame), shown.objects)
    else:
        with suppress(ValueError):  # no digit of ours
            session.show_again(digit_named(shown.digit, DigitLibrary(frame), frame.size))


def _drawn(shown: Shown, frame: Frame) -> Digit:
    drawing = kept_drawing(shown.objects)
    if not shown.objects:
        return Digit(Blank.EMPTY, None, drawing)
    if is_dot(shown.pixels):
        return Digit(Blank.DOT, None, drawing)
    return Digit(Drawing(), to_mnist(shown.pixels, frame), drawing)
