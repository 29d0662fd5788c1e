"""The first page: what the network makes of the digit, and its first layers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from capsnet.checkpoint import Checkpoint
from capsnet.losses import ABSENT, PRESENT
from explorer import state
from explorer.arrays import Bytes, Floats
from explorer.figures.evidence import Evidence, EvidenceLabels, evidence_figure
from explorer.figures.lengths import LengthLabels, Lengths, length_bars
from explorer.measures.answer import two_longest
from explorer.measures.evidence import evidence, evidence_colour_limit
from explorer.measures.pictures import primary_lengths, strongest
from explorer.palette import INK_SCALE
from explorer.pictures import compared, painted
from explorer.reading import DigitReading
from explorer.text import say
from explorer.tile_sheet import tile_sheet
from explorer.views import sources
from explorer.views.look import CHART, colours

STRIP_COLUMNS = 10
FEATURE_ROW, PRIMARY_ROW = (32, 15), (16, 34)
"""Tiles in a row, and their least width in screen pixels: on a phone fewer stand in a row."""


def show(checkpoint: Checkpoint, reading: DigitReading | None) -> None:
    """Lays the page out for a reading, or says how to get one."""
    if reading is None:
        sources.invite(checkpoint, say("overview.empty"))
        return
    (winner, _), meant = two_longest(reading), state.meant()
    focus = state.focus()
    looked = winner if focus is None else focus
    if meant is not None:
        _meant(reading, winner, meant)
    left, right = st.columns([13, 11], gap="medium")
    with left, st.container(key="compared"):
        _triptych(reading, looked)
    with right, st.container(key="lengths"):
        _lengths(reading, winner, meant)
    with st.container(key="strip"):
        _strip(reading, looked)
    st.subheader(say("overview.deeper"), divider="gray")
    _features(reading)
    _primary(reading)


def _triptych(reading: DigitReading, looked: int) -> None:
    name = reading.classes[looked]
    st.markdown(say("overview.triptych"))
    titles = (say("overview.input"), say("overview.reconstruction", name=name), say("overview.difference"))
    pictures = compared(reading.image, reading.reconstructions[looked], colours().difference_scale)
    tile_sheet(
        pictures, titles, say("overview.triptych_alt", name=name), key="triptych", least=96, columns=3, captions=True
    )


def _lengths(reading: DigitReading, winner: int, meant: int | None) -> None:
    final = reading.lengths[-1]
    st.markdown(say("overview.lengths"))
    labels = LengthLabels(absent=say("overview.absent"), present=say("overview.present"))
    info = Lengths(final, reading.classes, winner, meant, (ABSENT, PRESENT))
    figure = length_bars(info, labels, colours())
    alt = say("overview.lengths_alt", name=reading.classes[winner], length=float(final[winner]))
    st.plotly_chart(figure, config=CHART, alt=alt, key="lengths-chart")


def _strip(reading: DigitReading, looked: int) -> None:
    st.markdown(say("overview.strip"))
    names = [f"{name} · {length:.2f}" for name, length in zip(reading.classes, reading.lengths[-1], strict=True)]
    tile_sheet(
        painted(reading.reconstructions, INK_SCALE, 0, 1),
        names,
        say("overview.strip_alt"),
        key="strip-tiles",
        least=66,
        columns=STRIP_COLUMNS,
        captions=True,
        selected=looked,
        choose=state.set_focus,
    )


def _meant(reading: DigitReading, winner: int, meant: int) -> None:
    if meant == winner:
        st.success(say("overview.agreed"), icon=":material/check:")
        return
    pair, names = [winner, meant], [reading.classes[winner], reading.classes[meant]]
    maps = evidence(reading)[pair]
    sums = [float(places.sum()) for places in maps]
    st.markdown(say("overview.misread", read=names[0], meant=names[1], read_sum=sums[0], meant_sum=sums[1]))
    info = Evidence(reading.image, maps, tuple(names), reading.places, evidence_colour_limit(maps))
    figure = evidence_figure(info, EvidenceLabels(hover="%{text}"), colours())
    st.plotly_chart(figure, config=CHART, alt=say("overview.misread_alt", read=names[0], meant=names[1]))


@st.fragment
def _features(reading: DigitReading) -> None:
    maps = reading.features
    st.markdown(say("overview.features", count=len(maps)))
    names = [say("overview.features_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    highest = float(np.quantile(maps, 0.995)) or 1.0  # a few bright pixels would leave the rest in the dark
    chosen = _enlarged(state.FEATURE, maps)
    sheet = painted(maps, INK_SCALE, 0, highest)
    _enlargeable(sheet, names, say("overview.features_alt", count=len(maps)), state.FEATURE, chosen, FEATURE_ROW)


@st.fragment
def _primary(reading: DigitReading) -> None:
    maps = primary_lengths(reading)
    st.markdown(say("overview.primary", **dict(zip(("channels", "rows", "columns"), maps.shape, strict=True))))
    names = [say("overview.primary_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    chosen = _enlarged(state.PRIMARY, maps)
    _enlargeable(painted(maps, INK_SCALE, 0, 1), names, say("overview.primary_alt"), state.PRIMARY, chosen, PRIMARY_ROW)


def _enlarged(key: str, maps: Floats) -> int:
    """The map that was chosen, else the strongest."""
    chosen = state.tile(key)
    return strongest(maps) if chosen is None else chosen


def _enlargeable(pictures: Bytes, names: list[str], label: str, key: str, chosen: int, row: tuple[int, int]) -> None:
    """A sheet of tiles, `row` of (how many, least width), and beside it the chosen one."""
    wide, narrow = st.columns([5, 1], gap="medium", vertical_alignment="center")
    with wide:
        tile_sheet(
            pictures,
            names,
            label,
            key=f"{key}-tiles",
            least=row[1],
            columns=row[0],
            selected=chosen,
            choose=lambda tile: state.choose_tile(key, tile),
        )
    with narrow:
        one = slice(chosen, chosen + 1)
        tile_sheet(pictures[one], names[one], names[chosen], key=f"{key}-large", least=120, columns=1, captions=True)
