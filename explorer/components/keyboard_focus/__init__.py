"""Keyboard focus that is not lost, and that goes into popovers and back."""

from explorer.components.keyboard_focus.component import keep_focus

__all__ = ["keep_focus"]
