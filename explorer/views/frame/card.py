"""The model card of the network at work."""

from __future__ import annotations

import streamlit as st

from capsnet.card import Card
from explorer.networks import Network
from explorer.text import Say
from explorer.text.say import visible
from explorer.views.network_names import named, parameters


def render(network: Network, say: Say) -> None:
    """What the network is, how it was trained and how well it reads, and the history of its training."""
    _card(network, network.digest, say.language)


@st.cache_data(show_spinner=False, max_entries=16)
def _card(_network: Network, digest: str, language: str) -> None:
    """Made once a network and language: the table alone took a tenth of a run. Streamlit shows it again by itself."""
    network, say = _network, Say(language)
    st.code("\n".join(lines(network, digest, say)), language=None, wrap_lines=True)
    if network.card.history:
        st.dataframe(epochs(network.card, say), hide_index=True)


def lines(network: Network, digest: str, say: Say) -> list[str]:
    """What a card says of a network, one thing a line."""
    card = network.card
    accuracy = "held_out_accuracy" if card.recipe.get("held_out") else "test_accuracy"
    name = named(network, say)
    facts = {
        "kind": f"{name.kind} · {name.training}",
        "parameters": f"{parameters(network):,}",
        "classes": ", ".join(card.config.classes),
        accuracy: f"{100 * card.test_accuracy:.2f}%",
        "command": str(card.recipe.get("command", "")),
        "data": card.data_md5,
        "versions": ", ".join(f"{name} {version}" for name, version in card.versions.items()),
        "digest": digest,
    }
    found = [f"{say(f'card.{name}')}: {visible(value)}" for name, value in facts.items()]
    if agreement := card.agreement:
        without = "".join(
            say("card.without", count=count, accuracy=100 * share)
            for count, share in sorted(agreement.accuracy_without.items())
        )
        shown = {"moved": 100 * agreement.moved, "effective": agreement.effective_mean, "without": without}
        found.append(say("card.agreement", **shown, strongest=100 * agreement.strongest, count=agreement.count))
    return found


def epochs(card: Card, say: Say) -> dict[str, list[str]]:
    """The history of a training as a table, by the titles of its columns."""
    columns = {
        "epoch": "{epoch:.0f}",
        "loss": "{loss:.4f}",
        "learning_rate": "{learning_rate:.2e}",
        "accuracy": "{test_accuracy:.2%}",
        "speed": "{images_per_second:.0f}",
    }
    return {say(f"card.{name}"): [form.format(**entry) for entry in card.history] for name, form in columns.items()}
