"""The digit panel, on every page: the canvas, other sources of a digit, and what the network says about it."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import CanvasResult, st_canvas

from capsnet.checkpoint import Checkpoint
from capsnet.ink import normalise
from explorer import state
from explorer.drawing import PictureError, decode_upload, is_dot, to_mnist
from explorer.measures import Doubt, verdict
from explorer.presets import CANVAS, Preset, load_presets, preset_drawing, render
from explorer.reading import DigitReading, Floats
from explorer.state import Digit
from explorer.text import say
from explorer.views import mnist

FIRST = "cursive-4"
"""The example that a session opens with."""
THIN, USUAL, FAT = 8, 18, 30
"""Pen widths, in pixels of the canvas."""
ENLARGED = 4
"""Screen pixels for each pixel that the network gets."""


def first_digit(classes: tuple[str, ...]) -> Digit:
    """What a session opens with: an example, where the network knows digits at all."""
    chosen = next((preset for preset in load_presets() if preset.id == FIRST), load_presets()[0])
    return _from_preset(chosen) if chosen.label in classes else Digit(say("panel.source_empty"), None, None)


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
        st.button(
            say("panel.undo"), icon=":material/undo:", on_click=state.undo, disabled=not state.can_undo(), key="undo"
        )
        st.button(say("panel.clear"), icon=":material/delete:", on_click=_clear, key="clear")
        with st.popover(say("panel.examples"), icon=":material/apps:", key="sources"):
            _sources(checkpoint)
    return state.digit()


def answer(digit: Digit, reading: DigitReading | None) -> None:
    """The digit read, how sure the network is, and the 28 x 28 pixels that it got."""
    left, right = st.columns([2, 3], gap="small", vertical_alignment="center", wrap=False)
    with left, st.container(key="normalised"):
        image = np.zeros((28, 28), np.float32) if digit.image is None else digit.image
        st.image(_enlarged(image), width=28 * ENLARGED, alt=say("panel.normalised_alt"), output_format="PNG")
    with right, st.container(key="prediction", gap=None):
        _prediction(reading)
    st.caption(f"{say('panel.normalised')} · {digit.source}")
    if reading is None:
        return
    if reading.iterations != reading.trained_iterations:
        st.info(say("panel.iterations", count=reading.iterations, trained=reading.trained_iterations))
    st.pills(
        say("panel.meant"),
        range(len(reading.classes)),
        format_func=lambda j: reading.classes[j],
        key=state.meant_key(),
    )


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
        st.markdown(f"# {names[result.winner]}")
        st.caption(say("panel.sure", **values))
    else:
        st.markdown(f"# ? {names[result.winner]}")
        st.caption(say(f"panel.{result.doubt.value}", guess=names[result.winner], **values))


def _sources(checkpoint: Checkpoint) -> None:
    examples, upload, samples = st.tabs([say("panel.tab_examples"), say("panel.tab_upload"), say("panel.tab_mnist")])
    with examples:
        known = [p for p in load_presets() if p.label is None or p.label in checkpoint.card.config.classes]
        st.selectbox(
            say("panel.examples_choose"),
            known,
            index=None,
            format_func=lambda preset: f"{preset.name}  ·  {preset.group}",
            key=state.EXAMPLE,
            on_change=_choose_example,
        )
        st.slider(say("panel.pen"), THIN, FAT, USUAL, step=2, key=state.PEN)
    with upload:
        st.file_uploader(
            say("panel.upload"),
            type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
            help=say("panel.upload_help"),
            key=state.UPLOAD,
            on_change=_choose_upload,
        )
        if problem := state.problem():
            st.warning(problem)
    with samples:
        mnist.choose(checkpoint)


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


def _choose_example() -> None:
    if preset := st.session_state[state.EXAMPLE]:
        state.show(_from_preset(preset))
        st.session_state[state.EXAMPLE] = None


def _choose_upload() -> None:
    file = st.session_state[state.UPLOAD]
    if file is None:
        return
    try:
        image = normalise(decode_upload(file.getvalue()))
    except PictureError as error:
        state.set_problem(str(error))
        return
    if image is None:
        state.set_problem(say("panel.no_ink", name=file.name))
    else:
        state.show(Digit(say("panel.source_upload", name=file.name), image, None))


def _from_preset(preset: Preset) -> Digit:
    return Digit(say("panel.source_preset", name=preset.name), _preset_image(preset), preset_drawing(preset))


@cache
def _preset_image(preset: Preset) -> Floats | None:
    return to_mnist(render(preset.strokes, preset.width))


def _enlarged(image: Floats) -> bytes:
    """A PNG in which every pixel the network gets is a crisp square, whatever the screen's resolution."""
    pixels = Image.fromarray(np.round(255 * image).astype(np.uint8))
    side = 28 * ENLARGED * 3
    buffer = io.BytesIO()
    pixels.resize((side, side), Image.Resampling.NEAREST).save(buffer, format="PNG")
    return buffer.getvalue()
