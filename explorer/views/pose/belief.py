"""Whether the network still believes a pose that was set."""

from __future__ import annotations

from explorer.measures.answer import Doubt, verdict
from explorer.reading import CapsuleReading
from explorer.views.visit import Visit


def belief(visit: Visit, reread: CapsuleReading) -> str:
    """What the network reads in the picture that a pose gives; plain text."""
    result = verdict(reread, visit.network.thresholds)
    found: dict[str, object] = {"read": reread.classes[result.winner], "length": result.length}
    if result.doubt is Doubt.UNTRAINED:
        counts = {"count": reread.iterations, "trained": reread.trained_iterations}
        return visit.say("pose.belief_untrained", **found, **counts)
    key = "pose.belief" if result.doubt is Doubt.NONE else "pose.belief_unsure"
    return visit.say(key, **found)
