"""Figures are made without Plotly's checks, to be fast: tests have them checked."""

from __future__ import annotations

import plotly.graph_objects as go


def checked(figure: go.Figure) -> go.Figure:
    """The same figure, once every value of it is accepted by Plotly's schema.

    Raises:
        ValueError: there is something in it that Plotly doesn't know.
    """
    go.Figure(figure.to_dict())
    return figure
