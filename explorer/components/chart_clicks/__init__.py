"""Which mark of a chart was clicked."""

from explorer.components.chart_clicks.component import Click, listen_to_clicks

__all__ = ["Click", "listen_to_clicks"]
