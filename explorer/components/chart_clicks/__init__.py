"""Which mark of a chart was clicked."""

from explorer.components.chart_clicks.component import Click, listen, narrow

__all__ = ["Click", "listen", "narrow"]
