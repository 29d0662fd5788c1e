"""What was measured beside changed digits: learning from few, the angle in poses, and what networks cost."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.figures.measured import Axes, Curve, Panel, Point, curves
from explorer.figures.measured_bars import Bar, bars
from explorer.measured import Angle, Cost, FewDigits, Fit, angle, cost, few_digits
from explorer.measured.proportions import USUAL
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.charts import CHART
from explorer.views.compare import measured_sentences as sentences
from explorer.views.compare.measured_networks import Shown, matched, notes
from explorer.views.network_names import kind_name
from explorer.views.visit import Visit

LEARNERS = {"capsules-3": ("capsules", 3), "capsules-1": ("capsules_once", 1), "cnn": ("cnn", 0), "gated": ("gated", 0)}
"""What `tools.experiments.few_digits` calls the networks: what they are, and their iterations."""


def few(visit: Visit) -> None:
    """Learning from few digits."""
    say, found = visit.say, few_digits()
    with st.container(gap="small", key="measured-few"):
        st.markdown(f"### {say('measured.few')}")
        panel = few_panel(found.entries, say) if found else None
        if not found or not panel:
            st.markdown(say("measured.missing"))
            return
        st.markdown(say("measured.few_lead"))
        axes = Axes(say("measured.axis_digits"), say("measured.counted_right"), logarithmic=True, bars=True)
        figure = curves([panel], axes, visit.palette, narrow=visit.narrow)
        st.plotly_chart(figure, config=CHART, key="measured-few-curves", alt=say("measured.few_alt"))
        st.markdown("\n".join(f"- {escaped(line)}" for line in few_lines(found.entries, say)))
        notes(visit, found, [])


def few_panel(runs: Sequence[FewDigits], say: Say) -> Panel | None:
    """A curve for each kind of network: the mean over its seeds, from the least to the most."""
    found = []
    for learner, (kind, iterations) in LEARNERS.items():
        points = []
        for digits, seeds in sentences.few_shares(runs, learner).items():
            shares = [right / count for right, count in seeds.values()]
            points.append(Point(digits, sum(shares) / len(shares), min(shares), max(shares)))
        if points:
            found.append(Curve(kind_name(kind, say, iterations), kind, tuple(points)))
    count = len({run.seed for run in runs})
    return Panel(say("measured.few_panel", seeds=count), tuple(found)) if found else None


def few_lines(runs: Sequence[FewDigits], say: Say) -> list[str]:
    """Who learns more from few digits."""
    there = [learner for learner in LEARNERS if any(run.learner == learner for run in runs)]
    named = {learner: kind_name(LEARNERS[learner][0], say, LEARNERS[learner][1]) for learner in there}
    pairs = sentences.pairs([LEARNERS[learner][0] for learner in there])
    both = [(there[one], there[other]) for one, other in pairs]
    said = [sentences.few_compared(say, runs, (one, named[one]), (other, named[other])) for one, other in both]
    return [line for line in said if line]


def told(visit: Visit, shown: Sequence[Shown]) -> None:
    """The angle of a turned digit, from a pose or from features."""
    say, found = visit.say, angle()
    with st.container(gap="small", key="measured-angle"):
        st.markdown(f"### {say('measured.angle')}")
        by_network, left_out = matched(found, shown) if found else ([], [])
        if not found or not by_network:
            st.markdown(say("measured.missing"))
            return
        st.markdown(say("measured.angle_lead"))
        baseline = max(fit.baseline for _, entry in by_network for fit in entry.fits.values())
        rows = [bar for one, entry in by_network for bar in angle_bars(one, entry, say)]
        words = (say("measured.axis_angle"), say("measured.angle_mean"))
        figure = bars(rows, baseline, words, visit.palette, narrow=visit.narrow)
        st.plotly_chart(figure, config=CHART, key="measured-angle-bars", alt=say("measured.angle_alt"))
        st.markdown("\n".join(f"- {line}" for line in angle_lines(by_network, say)))
        _carriers(visit, by_network)
        notes(visit, found, left_out)


def angle_bars(one: Shown, entry: Angle, say: Say) -> list[Bar]:
    """A bar for each fit, with an interval of 95%."""
    name = say("measured.network", network=one.name, training=one.training)
    return [
        Bar(name, _source(entry, source, say), one.kind, fit.error, USUAL * fit.standard_error, source == "components")
        for source, fit in entry.fits.items()
    ]


def _source(entry: Angle, name: str, say: Say) -> str:
    """What a fit predicts from, in words."""
    if name == "components":
        return say("measured.from_components")
    return say("measured.from_pose" if name == "pose" else "measured.from_features", count=entry.width)


def _told_from(one: Shown, name: str, say: Say) -> str:
    """The same within a sentence on networks of one training."""
    if name == "components":
        return say("measured.source_components", network=one.name)
    return say("measured.source_pose" if name == "pose" else "measured.source_features", network=one.name)


def angle_lines(by_network: Sequence[tuple[Shown, Angle]], say: Say) -> list[str]:
    """What the numbers say, as Markdown: pairs of the same training, and whose numbers go most evenly."""
    lines = []
    trainings = dict.fromkeys(one.training for one, _ in by_network)
    for training in trainings:
        group = [(one, entry) for one, entry in by_network if one.training == training]
        for first, second in sentences.pairs([one.kind for one, _ in group]):
            for mine, others in _like_fits(group[first], group[second], say):
                text = sentences.angle_compared(say, mine, others)
                lines.append(say.markdown("measured.line", training=training, text=text))
    rough = {f"{one.name} ({one.training})": entry.roughness for one, entry in by_network}
    smoothest = sentences.smoothest(say, rough)
    return [*lines, *([escaped(smoothest)] if smoothest else [])]


def _like_fits(
    one: tuple[Shown, Angle], other: tuple[Shown, Angle], say: Say
) -> list[tuple[tuple[str, Fit], tuple[str, Fit]]]:
    """Fits that are compared: a pose with each of the other's, and like with like."""
    found = []
    for name, fit in one[1].fits.items():
        for other_name, other_fit in other[1].fits.items():
            if name == other_name or name == "pose":
                named = (_told_from(one[0], name, say), fit), (_told_from(other[0], other_name, say), other_fit)
                found.append(named)
    return found


def _carriers(visit: Visit, by_network: Sequence[tuple[Shown, Angle]]) -> None:
    """By class, which number of the pose goes with the angle most."""
    say = visit.say
    with_poses = [(one, entry) for one, entry in by_network if entry.carriers]
    if not with_poses:
        return
    with st.expander(say("measured.carriers")):
        st.markdown(say("measured.carriers_lead"))
        classes = visit.network.classes
        head = [
            say("measured.carriers_class"),
            *(say("measured.network", network=one.name, training=one.training) for one, _ in with_poses),
        ]
        rows = [[name, *(carrier(say, entry, label) for _, entry in with_poses)] for label, name in enumerate(classes)]
        st.markdown(table(head, rows))


def carrier(say: Say, entry: Angle, label: int) -> str:
    """Of a class: "number 5, correlation 0.81"."""
    if label >= len(entry.carriers):
        return ""
    number, correlation = entry.carriers[label]
    return say("measured.carrier", number=number + 1, correlation=correlation)


def costs(visit: Visit, shown: Sequence[Shown]) -> None:
    """What networks cost, as a table."""
    say, found = visit.say, cost()
    with st.container(gap="small", key="measured-cost"):
        st.markdown(f"### {say('measured.cost')}")
        by_network, left_out = matched(found, shown) if found else ([], [])
        if not found or not by_network:
            st.markdown(say("measured.missing"))
            return
        columns = ("network", "parameters", "bytes", "single", "batch", "trained", "accuracy")
        rows = [
            cost_row(say, say("measured.network", network=one.name, training=one.training), entry)
            for one, entry in by_network
        ]
        st.markdown(table([say(f"measured.cost_{column}") for column in columns], rows))
        times = {
            say("measured.network", network=one.name, training=one.training): entry.single[1]
            for one, entry in by_network
        }
        st.markdown(escaped(sentences.costliest(say, times)))
        st.caption(say("measured.cost_note"))
        notes(visit, found, left_out)


def cost_row(say: Say, name: str, entry: Cost) -> list[str]:
    """The cells of a network."""
    trained = "" if entry.training_seconds is None else say("measured.minutes", minutes=entry.training_seconds / 60)
    return [
        name,
        f"{entry.parameters:,}",
        f"{entry.bytes / 1e6:.1f} MB",
        f"{entry.single[1]:.1f} ms",
        f"{entry.batch[1]:.2f} ms",
        trained + (" *" if trained and entry.started_from else ""),
        f"{100 * entry.test_accuracy:.2f}%",
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """In Markdown; all cells are text."""
    first, *others = ([escaped(cell) for cell in row] for row in (head, *rows))
    lines = [first, ["---", *["--:"] * (len(head) - 1)], *others]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
