"""Live reading: the network at work in the browser, on what is on the canvas while the pen moves."""

from explorer.components.live.component import ServerReading, live_reading, served

__all__ = ["ServerReading", "live_reading", "served"]
