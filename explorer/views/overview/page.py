"""The first page: what the network makes of the digit, and its first layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from capsnet.losses import ABSENT, PRESENT
from explorer.arrays import Bytes
from explorer.components.live import follow_pen
from explorer.components.tile_sheet import SheetLayout, tile_sheet
from explorer.figures.evidence import Evidence, EvidenceLabels, evidence_figure
from explorer.figures.lengths import LengthLabels, Lengths, length_bars
from explorer.measures.answer import two_longest
from explorer.measures.evidence import evidence, evidence_colour_limit
from explorer.measures.pictures import primary_lengths, strongest
from explorer.palette import INK_SCALE
from explorer.pictures import compared, painted
from explorer.reading import CapsuleReading
from explorer.views.charts import CHART
from explorer.views.visit import Visit

STRIP_COLUMNS = 10
FEATURE_ROW, PRIMARY_ROW = (32, 15), (16, 34)
"""Tiles in a row, and their least width in screen pixels: on a phone fewer stand in a row."""


def render(visit: Visit) -> None:
    """What every network says; of a capsule network also what it draws, and its first layers."""
    reading = visit.reading
    if not isinstance(reading, CapsuleReading):
        with st.container(key="lengths"):
            _scores(visit)
        return
    (winner, _), look = two_longest(reading), visit.session.look
    looked = winner if look.focus is None else look.focus
    if look.meant is not None:
        _meant(visit, reading, winner, look.meant)
    left, right = st.columns([13, 11], gap="medium")
    with left, st.container(key="compared"):
        _triptych(visit, reading, looked)
    with right, st.container(key="lengths"):
        _lengths(visit, reading, winner)
    with st.container(key="strip"):
        _strip(visit, reading, looked)
    st.container(key="deeper").header(visit.say("overview.deeper"), anchor=False, divider="gray")
    _features(visit, reading)
    _primary(visit, reading)
    words = {"reconstruction": visit.say.section("overview")["reconstruction"]}
    follow_pen("overview", visit.network.checkpoint, words, visit.palette)


def _scores(visit: Visit) -> None:
    """The score of each class, where scores are no lengths."""
    reading, say = visit.reading, visit.say
    winner = int(reading.scores.argmax())
    st.markdown(say("overview.scores"))
    info = Lengths(reading.scores, reading.classes, winner, visit.session.look.meant, None)
    figure = length_bars(info, LengthLabels(absent="", present=""), visit.palette)
    alt = say("overview.scores_alt", name=reading.classes[winner], score=float(reading.scores[winner]))
    st.plotly_chart(figure, config=CHART, alt=alt, key="lengths-chart")


def _triptych(visit: Visit, reading: CapsuleReading, looked: int) -> None:
    say, name = visit.say, reading.classes[looked]
    st.markdown(say("overview.triptych", count=reading.poses.shape[-1]))
    titles = (say("overview.input"), say("overview.reconstruction", name=name), say("overview.difference"))
    pictures = compared(reading.image, reading.reconstructions[looked], visit.palette.difference_scale)
    alt = say("overview.triptych_alt", name=name)
    tile_sheet(pictures, titles, alt, SheetLayout(96, columns=3, captions=True), key="triptych")


def _lengths(visit: Visit, reading: CapsuleReading, winner: int) -> None:
    say, final = visit.say, reading.lengths[-1]
    st.markdown(say("overview.lengths"))
    labels = LengthLabels(absent=say("overview.absent"), present=say("overview.present"))
    info = Lengths(final, reading.classes, winner, visit.session.look.meant, (ABSENT, PRESENT))
    figure = length_bars(info, labels, visit.palette)
    alt = say("overview.lengths_alt", name=reading.classes[winner], length=float(final[winner]))
    st.plotly_chart(figure, config=CHART, alt=alt, key="lengths-chart")


def _strip(visit: Visit, reading: CapsuleReading, looked: int) -> None:
    say = visit.say
    st.markdown(say("overview.strip"))
    names = [f"{name} · {length:.2f}" for name, length in zip(reading.classes, reading.lengths[-1], strict=True)]
    tile_sheet(
        painted(reading.reconstructions, INK_SCALE, 0, 1),
        names,
        say("overview.strip_alt"),
        SheetLayout(56, STRIP_COLUMNS, captions=True),
        key="strip-tiles",
        selected=looked,
        choose=lambda chosen: visit.session.look_at(focus=chosen),
    )


def _meant(visit: Visit, reading: CapsuleReading, winner: int, meant: int) -> None:
    say = visit.say
    if meant == winner:
        st.success(say("overview.agreed"), icon=":material/check:")
        return
    pair, names = [winner, meant], [reading.classes[winner], reading.classes[meant]]
    maps = evidence(reading)[pair]
    sums = [float(places.sum()) for places in maps]
    lengths = [float(reading.lengths[-1, j]) for j in pair]
    words = {"read": names[0], "meant": names[1]}
    st.markdown(
        say.markdown(
            "overview.misread",
            **words,
            read_sum=sums[0],
            meant_sum=sums[1],
            read_length=lengths[0],
            meant_length=lengths[1],
        )
    )
    info = Evidence(reading.image, maps, tuple(names), reading.places, evidence_colour_limit(maps))
    figure = evidence_figure(info, EvidenceLabels(hover="%{text}"), visit.palette)
    st.plotly_chart(figure, config=CHART, alt=say("overview.misread_alt", **words), key="misread-chart")


@st.fragment
def _features(visit: Visit, reading: CapsuleReading) -> None:
    say, maps, chosen = visit.say, reading.features, visit.session.choices.filter_map
    st.markdown(say("overview.features", count=len(maps)))
    names = [say("overview.features_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    highest = float(np.quantile(maps, 0.995)) or 1.0  # a few bright pixels would leave the rest in the dark
    _enlargeable(
        painted(maps, INK_SCALE, 0, highest),
        names,
        say("overview.features_alt", count=len(maps)),
        key="feature",
        enlarged=strongest(maps) if chosen is None else chosen,
        row=FEATURE_ROW,
        choose=lambda tile: visit.session.choose(filter_map=tile),
    )


@st.fragment
def _primary(visit: Visit, reading: CapsuleReading) -> None:
    say, maps, chosen = visit.say, primary_lengths(reading), visit.session.choices.primary_map
    st.markdown(say("overview.primary", **dict(zip(("channels", "rows", "columns"), maps.shape, strict=True))))
    names = [say("overview.primary_tile", number=k, value=float(maps[k].max())) for k in range(len(maps))]
    _enlargeable(
        painted(maps, INK_SCALE, 0, 1),
        names,
        say("overview.primary_alt"),
        key="primary",
        enlarged=strongest(maps) if chosen is None else chosen,
        row=PRIMARY_ROW,
        choose=lambda tile: visit.session.choose(primary_map=tile),
    )


def _enlargeable(
    pictures: Bytes,
    names: list[str],
    label: str,
    *,
    key: str,
    enlarged: int,
    row: tuple[int, int],
    choose: Callable[[int], None],
) -> None:
    """A sheet of tiles, `row` of (how many, least width), and beside it the chosen one."""
    wide, narrow = st.columns([5, 1], gap="medium", vertical_alignment="center")
    with wide:
        tile_sheet(
            pictures,
            names,
            label,
            SheetLayout(row[1], row[0]),
            key=f"{key}-tiles",
            selected=enlarged,
            choose=choose,
        )
    with narrow:
        one = slice(enlarged, enlarged + 1)
        layout = SheetLayout(120, 1, captions=True)
        tile_sheet(pictures[one], names[one], names[enlarged], layout, key=f"{key}-large")
