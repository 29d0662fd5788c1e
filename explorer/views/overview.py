"""The first page: what the network makes of the digit, and its first layers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from explorer import measures, state
from explorer.components.tile_sheet import SheetLayout, tile_sheet
from explorer.figures.evidence import evidence_maps
from explorer.figures.lengths import length_bars
from explorer.figures.pixels import compared, painted
from explorer.figures.style import ACTIVITY, INK, Bytes, Floats
from explorer.reading import DigitReading
from explorer.text import say
from explorer.views import sources
from explorer.views.look import CHART

STRIP_COLUMNS = 10
FEATURE_ROW, PRIMARY_ROW = (32, 15), (16, 34)
"""Tiles in a row, and their least width in screen pixels: on a phone fewer stand in a row."""


def show(checkpoint: Checkpoint, reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if reading is None:
        sources.invite(checkpoint, say("overview.empty"))
        return
    result, meant = measures.verdict(reading), state.meant()
    focus = state.focus()
    looked = result.winner if focus is None else focus
    if meant is not None:
        _meant(reading, result.winner, meant)
    left, right = st.columns([13, 11], gap="medium")
    with left, st.container(key="compared"):
        _triptych(reading, looked)
    with right, st.container(key="lengths"):
        _lengths(reading, result.winner, meant)
    with st.container(key="strip"):
        _strip(reading, looked)
    st.subheader(say("overview.deeper"), divider="gray")
    _features(reading)
    _primary(reading)


def _triptych(reading: DigitReading, looked: int) -> None:
    name = reading.classes[looked]
    st.markdown(say("overview.triptych"))
    titles = (say("overview.input"), say("overview.reconstruction", name=name), say("overview.difference"))
    pictures = compared(reading.image, reading.reconstructions[looked])
    layout = SheetLayout(96, columns=3, captions=True)
    tile_sheet(pictures, titles, say("overview.triptych_alt", name=name), layout, key="triptych")


def _lengths(reading: DigitReading, winner: int, meant: int | None) -> None:
    final = reading.lengths[-1]
    st.markdown(say("overview.lengths"))
    margins, words = (measures.ABSENT, measures.PRESENT), (say("overview.absent"), say("overview.present"))
    figure = length_bars(final, reading.classes, winner, meant, margins, words)
    alt = say("overview.lengths_alt", name=reading.classes[winner], length=float(final[winner]))
    st.plotly_chart(figure, config=CHART, alt=alt, key="lengths-chart")


def _strip(reading: DigitReading, looked: int) -> None:
    st.markdown(say("overview.strip"))
    names = [f"{name} · {length:.2f}" for name, length in zip(reading.classes, reading.lengths[-1], strict=True)]
    tile_sheet(
        painted(reading.reconstructions, INK, 0, 1),
        names,
        say("overview.strip_alt"),
        SheetLayout(66, STRIP_COLUMNS, captions=True),
        key="strip-tiles",
        selected=looked,
        choose=state.set_focus,
    )


def _meant(reading: DigitReading, winner: int, meant: int) -> None:
    if meant == winner:
        st.success(say("overview.agreed"), icon=":material/check:")
        return
    pair, names = [winner, meant], [reading.classes[winner], reading.classes[meant]]
    maps = measures.evidence(reading)[pair]
    sums = [float(places.sum()) for places in maps]
    st.markdown(say("overview.misread", read=names[0], meant=names[1], read_sum=sums[0], meant_sum=sums[1]))
    figure = evidence_maps(reading.image, maps, names, reading.places, float(abs(maps).max()))
    st.plotly_chart(figure, config=CHART, alt=say("overview.misread_alt", read=names[0], meant=names[1]))


@st.fragment
def _features(reading: DigitReading) -> None:
    maps = reading.features
    st.markdown(say("overview.features", count=len(maps)))
    names = [say("overview.features_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    highest = float(np.quantile(maps, 0.995)) or 1.0  # a few bright pixels would leave the rest in the dark
    chosen = _enlarged(state.FEATURE, maps)
    sheet = painted(maps, ACTIVITY, 0, highest)
    _enlargeable(sheet, names, say("overview.features_alt", count=len(maps)), state.FEATURE, chosen, FEATURE_ROW)


@st.fragment
def _primary(reading: DigitReading) -> None:
    maps = measures.primary_lengths(reading)
    st.markdown(say("overview.primary", **dict(zip(("channels", "rows", "columns"), maps.shape, strict=True))))
    names = [say("overview.primary_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    chosen = _enlarged(state.PRIMARY, maps)
    _enlargeable(painted(maps, ACTIVITY, 0, 1), names, say("overview.primary_alt"), state.PRIMARY, chosen, PRIMARY_ROW)


def _enlarged(key: str, maps: Floats) -> int:
    """The map that was chosen, else the strongest."""
    chosen = state.tile(key)
    return measures.strongest(maps) if chosen is None else chosen


def _enlargeable(pictures: Bytes, names: list[str], label: str, key: str, chosen: int, row: tuple[int, int]) -> None:
    """A sheet of tiles, `row` of (how many, least width), and beside it the chosen one."""
    wide, narrow = st.columns([5, 1], gap="medium", vertical_alignment="center")
    with wide:
        tile_sheet(
            pictures,
            names,
            label,
            SheetLayout(row[1], row[0]),
            key=f"{key}-tiles",
            selected=chosen,
            choose=lambda tile: state.choose_tile(key, tile),
        )
    with narrow:
        one = slice(chosen, chosen + 1)
        tile_sheet(pictures[one], names[one], names[chosen], SheetLayout(120, 1, captions=True), key=f"{key}-large")
