"""How Plotly's charts behave on all pages."""

from __future__ import annotations

CHART = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""For charts that are looked at and clicked, not zoomed."""
