"""The race of the digit capsules: every vote a step, laid end to end, and the couplings that move."""

from explorer.components.race.component import Looked, Stand, race, routed

__all__ = ["Looked", "Stand", "race", "routed"]
