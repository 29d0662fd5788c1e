"""What was measured on the test set: curves, bars and a table of all networks, and what the numbers say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import streamlit as st

from explorer.figures.measured import Axes, Curve, Panel, Point, curves
from explorer.measured import Robustness, robustness, wilson
from explorer.text import Say
from explorer.views.charts import CHART
from explorer.views.compare import measured_sentences as sentences
from explorer.views.compare import measured_tables as tables
from explorer.views.compare.measured_networks import Shown, matched, notes, of_all
from explorer.views.compare.measured_sentences import Shares, compared, share_of
from explorer.views.visit import Visit
from explorer.views.widgets import bound

KINDS = ("rotation", "shift", "scale", "thickness", "noise", "hidden", "contrast", "quarters")
COUNTED = ("right", "doubted", "sure")
COUNTED_OF_QUARTERS = ("fooled", "right", "doubted")
"""What is counted: displaced, a digit is none any more, and should be doubted."""
IN_PLACE = "in_place"


def render(visit: Visit) -> None:
    """All measurements, below one another; where there are none, a sentence."""
    say = visit.say
    shown = of_all(visit)
    with st.container(key="measured", gap="medium"):
        with st.container(gap="xsmall"):
            st.header(say("measured.title"), anchor=False)
            st.markdown(say("measured.lead"))
        _changed(visit, shown)
        tables.few(visit)
        tables.told(visit, shown)
        tables.costs(visit, shown)


@st.fragment
def _changed(visit: Visit, shown: Sequence[Shown]) -> None:
    """Test digits that were changed: one kind of change at a time."""
    say, page = visit.say, visit.session.page
    with st.container(gap="small", key="measured-changed"):
        st.markdown(f"### {say('measured.changed')}")
        found = robustness()
        if found is None or not found.entries:
            st.markdown(say("measured.missing"))
            return
        chosen = page.measured if page.measured in KINDS else KINDS[0]
        counted = COUNTED_OF_QUARTERS if chosen == "quarters" else COUNTED
        of = page.counted if page.counted in counted else counted[0]
        _choose(visit, "measured", KINDS, chosen, "kind")
        _choose(visit, "counted", counted, of, "quarters" if chosen == "quarters" else "counted")
        by_network, left_out = matched(found, shown)
        panels = changed_panels(by_network, chosen, of, say)
        if panels:
            _figure(visit, panels, chosen, of)
            st.markdown("\n".join(f"- {line}" for line in changed_lines(by_network, chosen, of, say)))
        notes(visit, found, [*left_out, *_other_doubts(by_network, of)])


def _choose(visit: Visit, name: str, options: Sequence[str], value: str, words: str) -> None:
    say = visit.say
    bound(
        st.segmented_control,
        say(f"measured.choose_{name}"),
        options,
        key=f"choose-{name}",
        value=value,
        chosen=lambda option: visit.session.set_up(**{name: option}),
        format_func=lambda option: say(f"measured.{words}_{option}"),
        label_visibility="collapsed",
    )


def _figure(visit: Visit, panels: Sequence[Panel], chosen: str, of: str) -> None:
    say, places = visit.say, tuple(dict.fromkeys(str(p.x) for panel in panels for c in panel.curves for p in c.points))
    y = say(f"measured.{'quarters' if chosen == 'quarters' else 'counted'}_{of}")
    axes = Axes(say(f"measured.axis_{chosen}"), y, names=places if chosen == "quarters" else ())
    figure = curves(panels, axes, visit.palette, narrow=visit.narrow)
    alt = say("measured.changed_alt", what=y, change=say(f"measured.axis_{chosen}"))
    st.plotly_chart(figure, config=CHART, key="measured-curves", alt=alt)


def changed_panels(by_network: Sequence[tuple[Shown, Robustness]], chosen: str, of: str, say: Say) -> list[Panel]:
    """A panel for each training, with a curve for each network."""
    return [
        Panel(training, tuple(_curve(one, entry, chosen, of, say) for one, entry in group))
        for training, group in by_training(by_network, chosen, of)
    ]


def by_training(
    by_network: Iterable[tuple[Shown, Robustness]], chosen: str, of: str
) -> list[tuple[str, list[tuple[Shown, Robustness]]]]:
    """Networks of the same training together; without those of which this was not counted."""
    found: dict[str, list[tuple[Shown, Robustness]]] = {}
    for one, entry in by_network:
        if entry.kinds.get(chosen) and (of == "right" or _same_doubt(one, entry)):
            found.setdefault(one.training, []).append((one, entry))
    return list(found.items())


def _same_doubt(one: Shown, entry: Robustness) -> bool:
    """Whether it was measured with the thresholds that the network has now."""
    return dict(entry.doubt) == asdict(one.network.thresholds)


def _other_doubts(by_network: Iterable[tuple[Shown, Robustness]], of: str) -> list[tuple[str, list[str]]]:
    names = [f"{one.name}, {one.training}" for one, entry in by_network if not _same_doubt(one, entry)]
    return [("measured.other_doubt", names)] if names and of != "right" else []


def _curve(one: Shown, entry: Robustness, chosen: str, of: str, say: Say) -> Curve:
    points = []
    for row in entry.kinds[chosen]:
        some, count = share_of(row, entry.count, of)
        low, high = wilson(some, count)
        at = sentences.written(say, chosen, row.amount) if isinstance(row.amount, str) else row.amount
        points.append(Point(at, some / count, low, high))
    return Curve(one.name, one.kind, tuple(points))


def changed_lines(by_network: Sequence[tuple[Shown, Robustness]], chosen: str, of: str, say: Say) -> list[str]:
    """What the numbers say, as Markdown: a paragraph for each pair of networks of the same training."""
    lines = []
    for training, group in by_training(by_network, chosen, of):
        for first, second in sentences.pairs([one.kind for one, _ in group]):
            shares = [_shares(*group[number], chosen, of) for number in (first, second)]
            text = compared(say, chosen, of, *shares)
            lines.append(say.markdown("measured.line", training=training, text=text))
    return lines


def _shares(one: Shown, entry: Robustness, chosen: str, of: str) -> Shares:
    rows = [row for row in entry.kinds[chosen] if row.amount != IN_PLACE]
    return Shares(one.name, {row.amount: share_of(row, entry.count, of) for row in rows})
