"""Whether the network still believes a pose that was set."""

from __future__ import annotations

from explorer import measures
from explorer.reading import CapsuleReading
from explorer.text import Say


def belief(say: Say, reread: CapsuleReading) -> str:
    """What the network reads in the picture that a pose gives; plain text."""
    result = measures.verdict(reread)
    key = "pose.belief" if result.doubt is measures.Doubt.NONE else "pose.belief_unsure"
    return say(key, read=reread.classes[result.winner], length=result.length)
