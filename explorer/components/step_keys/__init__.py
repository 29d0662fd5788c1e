"""Keys that press buttons."""

from explorer.components.step_keys.component import step_keys

__all__ = ["step_keys"]
