"""All steps of the lesson, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explorer.lesson import capsules, routing, training, votes
from explorer.lesson.answer import Answer, Given
from explorer.lesson.scenes import Anatomy, ByHand, Parts, Picture, Race, Scene


class Step(NamedTuple):
    """One step: its words are the section `learn_` and its name.

    That section has `title`, `text` (two or three short sentences), `question`, a text for each option, a sentence for
    each outcome of the answer, and `task`: what to try in the view.
    """

    name: str
    answer: Callable[[Given], Answer]
    """Works out what is right for a digit."""
    scene: Scene
    """The view that it shows."""
    further: str
    """The page on which there is more, by its name."""
    code: str = ""
    """The project's own function that does what the step tells of, of `explorer.annotations.ANNOTATED`; "": none."""
    hides_reading: bool = False
    """Whether the digit panel would give the answer away."""


STEPS = (
    Step("pooling", capsules.pooling, Picture.EXCHANGED, "compare"),
    Step("vector", capsules.vector, Anatomy(4, Parts.CARD), "pose", code="Decoder"),
    Step("chain", capsules.chain, Anatomy(2, Parts.CHAIN), "overview", code="CapsNet.forward"),
    Step("primary", capsules.primary, Anatomy(2, Parts.CARD), "overview", code="PrimaryCapsules"),
    Step("votes", votes.votes, Picture.VOTES, "routing", code="DigitCapsules"),
    Step("squash", votes.squashing, Race(1, 2), "routing", code="squash"),
    Step("agreement", votes.agreeing, ByHand(1, ("rival", "remembers", "splits")), "routing", code="routing_steps"),
    Step("leader", routing.leader, Race(3, None), "routing", code="routing_steps", hides_reading=True),
    Step("sums", routing.sums, Picture.SUMS, "routing"),
    Step("memory", routing.memory, Picture.MEMORY, "routing"),
    Step("learning", routing.learning, Race(None, 0), "routing"),
    Step("loss", training.loss, Picture.LOSS, "training", code="margin_loss"),
    Step("pose", training.pose, Picture.SLIDERS, "pose", code="Decoder"),
    Step("strongest", routing.strongest, Picture.NETWORKS, "routing"),
)
