"""Digits that need not be drawn: examples, pictures and MNIST's test digits."""

from __future__ import annotations

from functools import cache
from itertools import groupby

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from capsnet.ink import normalise
from explorer import state
from explorer.arrays import Bytes
from explorer.drawing import PictureError, decode_upload, to_mnist
from explorer.presets import Preset, load_presets, preset_drawing, render
from explorer.reading import Floats
from explorer.state import Digit
from explorer.text import say
from explorer.tile_sheet import tile_sheet
from explorer.views import mnist

FIRST = "cursive-4"
"""The example that a session opens with."""
THUMBNAIL = 96
"""Height and width of the pictures of the examples, in pixels."""
TILE, TILES = 56, 10
"""Least width of an example on the screen, and how many stand in a row where there is room."""


def first_digit(classes: tuple[str, ...]) -> Digit:
    """What a session opens with: an example, where the network knows digits at all."""
    first = next((preset for preset in examples(classes) if preset.id == FIRST), None)
    return _from_preset(first) if first else Digit(say("panel.source_empty"), None, None)


def examples(classes: tuple[str, ...]) -> list[Preset]:
    """Those that a network with these classes can be asked about; none where it knows no digits."""
    presets = load_presets()
    if not set(classes) & {preset.label for preset in presets}:
        return []
    return [preset for preset in presets if preset.label is None or preset.label in classes]


def show(checkpoint: Checkpoint) -> None:
    """A button that opens all sources; what stands there is made only while it is open."""
    known = examples(checkpoint.card.config.classes)
    label, icon = ("panel.examples", ":material/apps:") if known else ("panel.picture", ":material/image:")
    with st.popover(say(label), icon=icon, key=state.SOURCES, on_change="rerun") as sources:
        if not sources.open:
            return
        with st.container(key="sources-body"):
            if problem := state.problem():
                st.warning(problem)
            if known:
                _tabs(known, checkpoint)
            else:  # neither our examples nor MNIST show anything that such a network knows
                _upload()


def invite(checkpoint: Checkpoint, promise: str) -> None:
    """What a page shows while there is no digit: what it will show of one, and the examples."""
    st.header(say("panel.empty_title"))
    st.write(promise)
    if known := examples(checkpoint.card.config.classes):
        st.write(say("panel.start_with"))
        _example_sheets(known, "invitation")


def _tabs(known: list[Preset], checkpoint: Checkpoint) -> None:
    drawn, uploaded, sampled = st.tabs([say("panel.examples"), say("panel.picture"), say("panel.tab_mnist")])
    with drawn:
        _example_sheets(known, "examples")
    with uploaded:
        _upload()
    with sampled:
        mnist.choose(checkpoint)


def _example_sheets(known: list[Preset], key: str) -> None:
    """The examples as pictures to be clicked, one sheet for each hand and one for those to argue about."""
    with st.container(key=key, gap="xsmall"):
        for number, (group, presets) in enumerate(groupby(known, key=lambda preset: preset.group)):
            _example_sheet(group, tuple(presets), f"{key}-{number}")


def _example_sheet(group: str, presets: tuple[Preset, ...], key: str) -> None:
    st.markdown(f"**{group}**")
    tile_sheet(
        _thumbnails(presets),
        [preset.name for preset in presets],
        group,
        key=key,
        least=TILE,
        columns=TILES,
        captions=any(preset.label is None for preset in presets),
        crisp=False,
        choose=lambda chosen: _choose_example(presets[chosen]),
    )


@cache
def _thumbnails(presets: tuple[Preset, ...]) -> Bytes:
    return np.stack([render(preset.strokes, preset.width, THUMBNAIL)[..., :3] for preset in presets])


def _choose_example(preset: Preset) -> None:
    state.show(_from_preset(preset))
    state.close_sources()


def _from_preset(preset: Preset) -> Digit:
    return Digit(say("panel.source_preset", name=preset.name), _preset_image(preset), preset_drawing(preset))


@cache
def _preset_image(preset: Preset) -> Floats | None:
    return to_mnist(render(preset.strokes, preset.width))


def _upload() -> None:
    st.file_uploader(
        say("panel.upload"),
        type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
        help=say("panel.upload_help"),
        key=state.UPLOAD,
        on_change=_choose_upload,
    )


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
