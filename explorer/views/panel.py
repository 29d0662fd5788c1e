"""The digit panel, on every page: the canvas, other sources of a digit, and what the network says about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import CanvasResult, st_canvas

from capsnet.checkpoint import Checkpoint
from explorer import state
from explorer.drawing import is_dot, to_mnist
from explorer.measures.answer import Doubt, verdict
from explorer.pictures import png
from explorer.presets import CANVAS, load_presets, render
from explorer.reading import DigitReading
from explorer.state import Digit
from explorer.text import say
from explorer.views import sources

THIN, USUAL, FAT = 8, 18, 30
"""Pen widths, in pixels of the canvas."""
MOST_PILLS = 10
"""More classes than this, or classes with longer names than a digit's, are chosen from a list."""
ENLARGED = 4
"""Screen pixels for each pixel that the network gets."""


def icon() -> Image.Image:
    """The browser tab's: the first example. Streamlit would fetch one of its own icons from elsewhere."""
    return Image.fromarray(render(load_presets()[0].strokes, load_presets()[0].width))


def draw(checkpoint: Checkpoint) -> Digit:
    """Canvas, its buttons and the other sources; returns the digit that all pages look at."""
    with st.container(key="digit-canvas", gap="small"):
        key, start = state.canvas()
        result = st_canvas(
            key=key,
            initial_drawing=start,
            stroke_width=st.session_state.get(state.PEN, USUAL),
            stroke_color="#fff",
            background_color="#000",
            height=CANVAS,
            width=CANVAS,
            return_image_data=True,
        )
        _take_from_canvas(result)
    with st.container(horizontal=True, gap="xsmall", key="canvas-buttons"):
        st.button(say("panel.undo"), on_click=state.undo, disabled=not state.can_undo(), key="undo")
        st.button(say("panel.clear"), on_click=_clear, key="clear")
        with st.popover("", icon=":material/brush:", help=say("panel.pen"), key="pen-width"):
            st.slider(say("panel.pen"), THIN, FAT, USUAL, step=2, key=state.PEN)
        sources.show(checkpoint)
    return state.digit()


def answer(digit: Digit, reading: DigitReading | None) -> None:
    """The digit read, how sure the network is, and the 28 x 28 pixels that it got."""
    left, right = st.columns([2, 3], gap="small", vertical_alignment="center", wrap=False)
    with left, st.container(key="normalised"):
        image = np.zeros((28, 28), np.float32) if digit.image is None else digit.image
        st.image(png(image, 3 * ENLARGED), width=28 * ENLARGED, alt=say("panel.normalised_alt"), output_format="PNG")
    with right, st.container(key="prediction", gap=None):
        _prediction(reading)
    st.caption(f"{say('panel.normalised')} · {digit.source}")
    if reading is None:
        return
    if reading.iterations != reading.trained_iterations:
        st.info(say("panel.iterations", count=reading.iterations, trained=reading.trained_iterations))
    _meant(reading.classes)


def _meant(classes: tuple[str, ...]) -> None:
    """Asks which class was meant: single letters at a glance, names or many classes from a list."""
    words, choices, key = say("panel.meant"), range(len(classes)), state.meant_key()
    if len(classes) <= MOST_PILLS and max(map(len, classes)) == 1:
        st.pills(words, choices, format_func=lambda j: classes[j], key=key)
    else:
        st.selectbox(words, choices, index=None, format_func=lambda j: classes[j], key=key, placeholder="")


def _prediction(reading: DigitReading | None) -> None:
    if reading is None:
        st.markdown(f"## {say('panel.draw')}")
        st.caption(say("panel.draw_hint"))
        return
    result, names = verdict(reading), reading.classes
    values: dict[str, Any] = {
        "length": result.length,
        "rival": names[result.rival],
        "rival_length": result.rival_length,
    }
    if result.doubt is Doubt.NONE:
        st.markdown(f"{_hashes(names)} {names[result.winner]}")
        st.caption(say("panel.sure", **values))
    else:
        st.markdown(f"{_hashes(names)} ? {names[result.winner]}")
        st.caption(say(f"panel.{result.doubt.value}", guess=names[result.winner], **values))


def _hashes(names: tuple[str, ...]) -> str:
    """Of the heading: as large as a poster's for digits, as large as fits for names."""
    return "#" if max(map(len, names)) <= 2 else "##"


def _take_from_canvas(result: CanvasResult) -> None:
    """Makes what is on the canvas the newest digit, if the person has changed it."""
    objects: list[Any] = (result.json_data or {}).get("objects", [])
    if result.image_data is None or not state.canvas_changed(objects):
        return
    image = to_mnist(result.image_data) if objects else None
    source = say("panel.source_drawing") if objects else say("panel.source_empty")
    if image is not None and is_dot(result.image_data):  # enlarged, it would pass for a 0
        image, source = None, say("panel.source_dot")
    state.drawn(Digit(source, image, {"objects": objects}))


def _clear() -> None:
    state.show(Digit(say("panel.source_empty"), None, None))
