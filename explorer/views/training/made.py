"""How networks were made, in words: from their cards."""

from __future__ import annotations

import math

import streamlit as st

from capsnet.card import Card
from capsnet.config import CapsNetConfig
from explorer.networks import Network
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.visit import Visit

TRAINING_PICTURES = {"mnist": 60_000, "fashion-mnist": 60_000, "kmnist": 60_000}
"""Of torchvision's sets."""


def render(visit: Visit, other: Network | None) -> None:
    """The network at work and another one, side by side, and the commands that make them."""
    shown = [visit.network, *([other] if other else [])]
    with st.container(gap="xsmall", key="made"):
        st.markdown(f"### {visit.say('training.made')}")
        for network, column in zip(shown, st.columns(len(shown), gap="medium"), strict=True):
            with column:
                st.markdown(f"#### {escaped(network.name)}")
                st.markdown("\n".join(f"- {sentence}" for sentence in sentences(network.card, visit.say)))
        commands = [str(network.card.recipe["command"]) for network in shown if network.card.recipe.get("command")]
        if commands:
            with st.expander(visit.say("training.made_command")):
                st.code("\n\n".join(commands), language=None, wrap_lines=True)


def sentences(card: Card, say: Say) -> list[str]:
    """What a card says of how its weights were made, as Markdown."""
    recipe = card.recipe
    found = [_pictures(card, say), _rounds(card, say)]
    if recipe.get("held_out"):
        found.append(say("training.made_held_out", count=recipe["held_out"]))
    if recipe.get("shift"):
        turned = recipe.get("rotation")
        distorted = say("training.made_distorted", rotation=turned) if turned else ""
        found.append(say("language.sentence", text=say("training.made_shift", shift=recipe["shift"]) + distorted))
    if recipe.get("start"):
        found.append(say.markdown("training.made_start", start=str(recipe["start"])))
    if isinstance(card.config, CapsNetConfig):
        found += _routing(card.config, card, say)
    return found


def seconds(card: Card) -> float | None:
    """How long training took; None: the card does not say. Older cards say speeds alone."""
    count = pictures(card)
    known = [
        entry.get("seconds", count / entry["images_per_second"] if count and entry["images_per_second"] > 0 else None)
        for entry in card.history
    ]
    return sum(known) if known and all(isinstance(one, int | float) for one in known) else None


def pictures(card: Card) -> int | None:
    """How many pictures an epoch has; None: the card does not say."""
    own = TRAINING_PICTURES.get(str(card.recipe.get("dataset")))
    more = sum(int(card.recipe.get(name, 0)) for name in ("pen", "others"))
    return None if own is None else own + more - int(card.recipe.get("held_out", 0))


def _pictures(card: Card, say: Say) -> str:
    recipe, dataset = card.recipe, str(card.recipe.get("dataset"))
    if dataset == "mnist":
        text = say("training.made_digits", count=TRAINING_PICTURES[dataset])
    else:
        text = say.markdown("training.made_pictures", dataset=dataset)
    if recipe.get("pen"):
        text += say("training.made_pen", count=recipe["pen"])
    if recipe.get("others"):
        text += say("training.made_others", count=recipe["others"])
    return say("language.sentence", text=text)


def _rounds(card: Card, say: Say) -> str:
    epochs, batch, count = (
        card.recipe.get("epochs", len(card.history)),
        card.recipe.get("batch_size", 0),
        pictures(card),
    )
    if count and batch:
        steps = epochs * math.ceil(count / batch)
        text = say("training.made_rounds", epochs=epochs, batch=batch, steps=steps)
    else:
        text = say("training.made_rounds_unknown", epochs=epochs, batch=batch)
    device = say("training.device_cpu" if card.recipe.get("device", "cpu") == "cpu" else "training.device_other")
    if taken := seconds(card):
        if taken >= 3600:
            text += say("training.made_hours", hours=taken / 3600, device=device)
        else:
            text += say("training.made_minutes", minutes=max(1, taken / 60), device=device)
    return say("language.sentence", text=text)


def _routing(config: CapsNetConfig, card: Card, say: Say) -> list[str]:
    found = []
    if config.inverse_temperature != 1:
        found.append(say("training.made_temperature", factor=config.inverse_temperature))
    if card.recipe.get("agreement") or card.recipe.get("agreement_last"):
        found.append(say("training.made_agreement"))
    if card.recipe.get("capsule_dropout"):
        found.append(say("training.made_dropout", share=card.recipe["capsule_dropout"]))
    return found or [say("training.made_paper")]
