"""Buttons and a slider that play a theatre, in the app and in pages to take home."""

from explorer.components.theatre_controls.component import iteration_looked_at, theatre_controls

__all__ = ["iteration_looked_at", "theatre_controls"]
