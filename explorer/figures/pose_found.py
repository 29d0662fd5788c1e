"""The pose that was set against the pose that the network finds in its picture."""

from __future__ import annotations

import plotly.graph_objects as go

from explorer.figures.style import MEANT, OTHER, READ, Floats, bare

ROW = 34
"""Screen pixels from one number to the next."""
REACH = 0.6
"""The axis goes at least this far: few numbers of a pose, itself no longer than 1, are larger."""


def pose_found(pose: Floats, found: Floats, words: tuple[str, str]) -> go.Figure:
    """Number by number, a dot where it was set, a ring where it was found, and a line that is their distance.

    Args:
        pose: what was set, [D].
        found: what the network finds, [D].
        words: names of the two.

    Raises:
        ValueError: the two poses differ in shape.
    """
    if pose.shape != found.shape or pose.ndim != 1:
        raise ValueError(f"both poses must be [D]; got shapes {pose.shape} and {found.shape}")
    numbers = list(range(1, len(pose) + 1))
    figure = go.Figure()
    for number, there, back in zip(numbers, pose, found, strict=True):
        figure.add_shape(
            type="line", x0=float(there), x1=float(back), y0=number, y1=number, line={"color": OTHER, "width": 3}
        )
    rings = {"symbol": "circle-open", "size": 14, "color": MEANT, "line": {"width": 3}}
    for name, values, marker in ((words[0], pose, {"size": 9, "color": READ}), (words[1], found, rings)):
        x = [round(float(value), 4) for value in values]
        figure.add_scatter(
            x=x, y=numbers, mode="markers", name=name, marker=marker, hovertemplate="%{y}: %{x:+.3f}<extra></extra>"
        )
    bare(figure, ROW * (len(pose) + 1), legend={"orientation": "h", "y": 1, "yanchor": "bottom"})
    reach = max(REACH, float(abs(pose).max()), float(abs(found).max())) * 1.1
    figure.update_xaxes(fixedrange=True, range=[-reach, reach], zerolinecolor=OTHER, dtick=0.25)
    figure.update_yaxes(fixedrange=True, range=[len(pose) + 0.6, 0.4], tickvals=numbers, showgrid=True, zeroline=False)
    return figure.update_layout(showlegend=True, margin_t=24, margin_l=28, margin_b=24)
