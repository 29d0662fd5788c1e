"""What was measured of several networks: curves side by side, and bars; the same network looks the same everywhere.

Networks with capsules are blue, drawn through, and have round marks; those without are orange, dashed, and have square
ones; so they can be told apart without colours, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.figures.base import Parts, bare, figure, note, plain, still_axis, text_width
from explorer.palette import Palette

HEIGHT, NARROW_HEIGHT, BAR = 360, 300, 50
"""Of panels side by side, of each of several below each other, and of a bar with the space around it, in pixels."""
TITLE, TICK = 15, 13
GAP = 17
"""Least distance of names at the ends of curves, in pixels."""
WIDTH = 760
"""Of the panels together, at least, in pixels, where names stand at the ends of curves."""
MARGIN = 54
"""Left of the panels, for the numbers of their axes."""


@dataclass(frozen=True)
class Style:
    """How a network is drawn."""

    colour: str
    """A field of `Palette`."""
    dash: str
    symbol: str
    width: float


STYLES = {
    "capsules_full": Style("focus", "solid", "circle", 3.5),
    "capsules": Style("focus", "solid", "circle-open", 2),
    "capsules_once": Style("focus", "dot", "circle-cross-open", 2),
    "cnn": Style("rival", "dash", "square", 2),
    "gated": Style("rival", "dashdot", "square-open", 2),
}
"""By what a network is, see `explorer.views.network_names.kind`."""
OTHER = Style("other", "longdash", "diamond-open", 2)
WORDS = Style("ink", "", "", 0)
"""Names in the colour of `OTHER` could hardly be read."""


@dataclass(frozen=True)
class Point:
    """A share that was measured, with the interval that it is sure to."""

    x: float | str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """What was measured of a network."""

    name: str
    kind: str
    """Says how it is drawn, see `STYLES`."""
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Panel:
    """Networks that are compared with one another."""

    title: str
    curves: tuple[Curve, ...]


@dataclass(frozen=True)
class Axes:
    """What is written around the panels, and how far their axes go."""

    x: str
    y: str
    suffix: str = ""
    """After each number below the axis."""
    logarithmic: bool = False
    names: tuple[str, ...] = ()
    """Where x is no number: what stands below, from left to right."""
    bars: bool = False
    """Whether intervals are drawn, and not only told."""


def curves(panels: Sequence[Panel], axes: Axes, palette: Palette, *, narrow: bool = False) -> go.Figure:
    """Panels side by side with shares in percent; `narrow`, for a phone: below each other.

    Names stand at the ends of the curves; in narrow ones, and where x is no number, above them all.

    Raises:
        ValueError: there is no panel, or nothing in it.
    """
    if not panels or not all(panel.curves and all(curve.points for curve in panel.curves) for panel in panels):
        raise ValueError("there is nothing measured to draw")
    direct = not narrow and not axes.names
    height = NARROW_HEIGHT * len(panels) if narrow else HEIGHT
    kinds = list(dict.fromkeys(curve.kind for panel in panels for curve in panel.curves))
    top = 44 if direct else 44 + 26 * (len(kinds) if narrow else 2)
    layout = bare(height + top - 44, palette, annotations=[], hoverlabel={"align": "left", "font": {"size": TICK}})
    layout |= {"margin": {"l": MARGIN, "r": 8, "t": top, "b": 48}, "showlegend": not direct}
    layout["legend"] = {"orientation": "v" if narrow else "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top"}
    layout["legend"] |= {"font": {"size": TICK, "color": palette.ink}}
    traces: list[Parts] = []
    for number, panel in enumerate(panels, 1):
        across, up = _place(number - 1, len(panels), narrow, panel if direct else None)
        layout[f"xaxis{number}"] = _x_axis(across, number, panel, axes, palette)
        if narrow and number < len(panels):  # what stands below the last panel is that of all
            layout[f"xaxis{number}"] |= {"showticklabels": False, "title": {"text": ""}}
        layout[f"yaxis{number}"] = _y_axis(
            up, number, (_floor(panels), axes.y if number == 1 or narrow else ""), palette
        )
        layout["annotations"].append(_title(panel.title, across, up))
        if direct:
            layout["annotations"] += _names(panel, number, _floor(panels), palette)
        for curve in panel.curves:
            first = not any(curve.kind == one["legendgroup"] for one in traces)
            traces.append(_trace(curve, number, axes, palette) | {"showlegend": first})
    return figure(traces, layout)


def _trace(curve: Curve, number: int, axes: Axes, palette: Palette) -> Parts:
    style = STYLES.get(curve.kind, OTHER)
    colour = getattr(palette, style.colour)
    shares, lows, highs = ([100 * getattr(point, of) for point in curve.points] for of in ("share", "low", "high"))
    trace: Parts = {
        "type": "scatter",
        "mode": "markers" if axes.names else "lines+markers",
        "name": plain(curve.name),
        "legendgroup": curve.kind,
        "x": [point.x for point in curve.points],
        "y": shares,
        "customdata": [[low, high] for low, high in zip(lows, highs, strict=True)],
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "line": {"color": colour, "width": style.width, "dash": style.dash},
        "marker": {"color": colour, "symbol": style.symbol, "size": 11 if axes.names else 7, "line": {"width": 1.5}},
        "hovertemplate": "%{x}" + plain(axes.suffix) + ": %{y:.1f}% (%{customdata[0]:.1f} to %{customdata[1]:.1f})"
        f"<extra>{plain(curve.name)}</extra>",
    }
    if axes.bars:
        above = [high - share for high, share in zip(highs, shares, strict=True)]
        below = [share - low for low, share in zip(lows, shares, strict=True)]
        trace["error_y"] = {"type": "data", "array": above, "arrayminus": below, "symmetric": False, "thickness": 1.5}
    return trace


def _names(panel: Panel, number: int, floor: float, palette: Palette) -> list[Parts]:
    """Each curve's name behind its end, moved up or down where names would overlap."""
    ends = [100 * curve.points[-1].share for curve in panel.curves]
    pixels = (HEIGHT - 92) / (102 - floor)  # a point of a hundred
    places = spread([end * pixels for end in ends], GAP)
    return [
        note(
            plain(curve.name),
            x=1,
            xref=f"x{number} domain" if number > 1 else "x domain",
            y=end,
            yref=f"y{number}" if number > 1 else "y",
            yshift=place - end * pixels,
            xanchor="left",
            xshift=8,
            font={"size": TICK, "color": getattr(palette, STYLES.get(curve.kind, WORDS).colour)},
        )
        for curve, end, place in zip(panel.curves, ends, places, strict=True)
    ]


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Places moved as little as they must be to lie apart by a gap at least, in the same order.

    Those that would overlap are laid out evenly about their middle.
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    groups: list[tuple[float, int]] = []  # middle, and how many
    for number in order:
        groups.append((places[number], 1))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2:
            (one, some), (other, more) = groups.pop(), groups.pop()
            groups.append(((one * some + other * more) / (some + more), some + more))
    laid = [middle + gap * (number - (count - 1) / 2) for middle, count in groups for number in range(count)]
    found = dict(zip(order, laid, strict=True))
    return [found[number] for number in range(len(places))]


def _place(
    panel: int, count: int, narrow: bool, named: Panel | None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a panel lies, across and up, as shares of the figure; `named`: with room for names at its right."""
    if narrow:
        each = 1 / count
        return (0.0, 1.0), (1 - (panel + 1) * each + (0.16 * each if panel < count - 1 else 0), 1 - panel * each)
    each = 1 / count
    names = max((text_width(curve.name, TICK) for curve in named.curves), default=0) / WIDTH if named else 0.02
    return (panel * each, (panel + 1) * each - min(names + 0.03, 0.5 * each)), (0.0, 1.0)


def _title(text: str, across: tuple[float, float], up: tuple[float, float]) -> Parts:
    place = {"x": across[0], "y": up[1], "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return note(f"<b>{plain(text)}</b>", **place, font={"size": TITLE}, yshift=6)


def _x_axis(across: tuple[float, float], number: int, panel: Panel, axes: Axes, palette: Palette) -> Parts:
    own: Parts = {"ticksuffix": axes.suffix}
    stops = sorted({point.x for curve in panel.curves for point in curve.points if not isinstance(point.x, str)})
    if axes.logarithmic:
        own |= {"type": "log", "tickvals": stops, "ticktext": [f"{stop:,.0f}" for stop in stops]}
    if axes.names:
        own = {"type": "category", "categoryarray": list(axes.names), "range": [-0.5, len(axes.names) - 0.5]}
    title = {"text": plain(axes.x), "font": {"size": TICK, "color": palette.muted}, "standoff": 4}
    return {"domain": list(across), "anchor": f"y{number}", "title": title, **own, **still_axis(palette, TICK)}


def _floor(panels: Sequence[Panel]) -> float:
    """Where all axes of shares begin, in percent: at 0, or near the least share where all are large."""
    least = 100 * min(point.low for panel in panels for curve in panel.curves for point in curve.points)
    return 10 * math.floor((least - 2) / 10) if least > 52 else 0


def _y_axis(up: tuple[float, float], number: int, floor_and_title: tuple[float, str], palette: Palette) -> Parts:
    """The numbers of panels side by side stand at the first one alone."""
    floor, title = floor_and_title
    name = {"text": plain(title), "font": {"size": TICK, "color": palette.muted}, "standoff": 4}
    own = {"range": [floor - 0.02 * (100 - floor), 102], "ticksuffix": "%", "nticks": 6, "title": name}
    own["showticklabels"] = bool(title)
    return {"domain": list(up), "anchor": f"x{number}", **own, **still_axis(palette, TICK)}
