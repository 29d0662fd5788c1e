"""The digit panel, on every page: the canvas, other sources of a digit, and what the network says about it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import CanvasResult, st_canvas

from capsnet.ink import Frame
from explorer.components.live_region import say_aloud
from explorer.drawing import is_dot, to_mnist
from explorer.measures.answer import Doubt, verdict
from explorer.networks import Network
from explorer.pictures import png
from explorer.presets import CANVAS, load_presets, render
from explorer.reading import CapsuleReading, Reading
from explorer.session import Blank, Digit, Drawing, Session
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.frame import sources
from explorer.views.origin import origin_text
from explorer.views.widgets import bound

THIN, USUAL, FAT = 8, 18, 30
"""Pen widths, in pixels of the canvas."""
MOST_PILLS = 10
"""More classes than this, or classes with longer names than a digit's, are chosen from a list."""
SCREEN = 112
"""Height and width of the network's picture on the screen, in pixels."""
ICON = 64


@cache
def icon() -> Image.Image:
    """The browser tab's: the first example. Streamlit would fetch one of its own icons from elsewhere."""
    first = load_presets()[0]
    return Image.fromarray(render(first.strokes, first.width, ICON))


def canvas(session: Session, network: Network, say: Say) -> None:
    """Canvas, its buttons and the other sources; what comes of them is the session's digit."""
    with st.container(key="digit-canvas", gap="small"):
        key, start = session.digits.canvas
        result = st_canvas(
            key=key,
            initial_drawing=start,
            stroke_width=st.session_state.get("pen", USUAL),
            stroke_color="#fff",
            background_color="#000",
            height=CANVAS,
            width=CANVAS,
            return_image_data=True,
        )
        _take_from_canvas(session, result, network.frame)
    with st.container(horizontal=True, gap="xsmall", key="canvas-buttons"):
        st.button(say("panel.undo"), on_click=session.undo, disabled=not session.digits.can_undo, key="undo")
        st.button(say("panel.clear"), on_click=session.replace_digit, args=(Digit(Blank.EMPTY, None),), key="clear")
        with st.popover("", icon=":material/brush:", help=say("panel.pen"), key="pen-width"):
            st.slider(say("panel.pen"), THIN, FAT, USUAL, step=2, key="pen")
        sources.render(session, network, say)


def answer(session: Session, network: Network, reading: Reading | None, say: Say) -> None:
    """The class read, how sure the network is, and the pixels that it got."""
    left, right = st.columns([2, 3], gap="small", vertical_alignment="center", wrap=False)
    size = network.frame.size
    with left, st.container(key="normalised"):
        image = np.zeros((size, size), np.float32) if reading is None else reading.image
        alt = say("panel.normalised_alt", size=size)
        st.image(png(image, max(1, 3 * SCREEN // size)), width=SCREEN, alt=alt, output_format="PNG")
    with right, st.container(key="prediction", gap=None):
        _prediction(network, reading, say)
    st.caption(say.markdown("panel.normalised", size=size, origin=origin_text(say, session.digit.origin)))
    if reading is None:
        return
    if isinstance(reading, CapsuleReading) and reading.iterations != reading.trained_iterations:
        st.info(say("panel.iterations", count=reading.iterations, trained=reading.trained_iterations))
    _meant(session, reading.classes, say)


def _meant(session: Session, classes: tuple[str, ...], say: Say) -> None:
    """Asks which class was meant: single letters at a glance, names or many classes from a list."""
    choice: dict[str, Any] = {
        "key": "meant",
        "value": session.look.meant,
        "chosen": lambda label: session.look_at(meant=label),
        "nothing": True,
    }
    if len(classes) <= MOST_PILLS and max(map(len, classes)) == 1:
        bound(st.pills, say("panel.meant"), range(len(classes)), format_func=lambda j: escaped(classes[j]), **choice)
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
    if not isinstance(reading, CapsuleReading):
        said = "sure_score"
    else:
        said = "sure" if result.doubt is Doubt.NONE else result.doubt.value
    st.caption(say.markdown(f"panel.{said}", **values))
    opening = say("panel.unsure_aloud") if sign else say("panel.sure_aloud", guess=values["guess"])
    say_aloud(f"{opening} {say(f'panel.{said}', **values)}", key="spoken")


def _heading(names: tuple[str, ...]) -> str:
    """Its mark: as large as a poster's for digits, as large as fits for names."""
    return "#" if max(map(len, names)) <= 2 else "##"


def _take_from_canvas(session: Session, result: CanvasResult, frame: Frame) -> None:
    """Makes what is on the canvas the newest digit, if the person has changed it."""
    objects: list[Any] = (result.json_data or {}).get("objects", [])
    if result.image_data is None or not session.digits.canvas_changed(objects):
        return
    drawing = {"objects": objects}
    if not objects:
        session.take_drawing(Digit(Blank.EMPTY, None, drawing))
    elif is_dot(result.image_data):
        session.take_drawing(Digit(Blank.DOT, None, drawing))
    else:
        session.take_drawing(Digit(Drawing(), to_mnist(result.image_data, frame), drawing))
