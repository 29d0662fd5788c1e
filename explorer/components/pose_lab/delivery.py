"""How the decoder's weights go to the browser: once for each checkpoint, in a message of their own.

The browser asks for them by digest when it lacks them. Each of its requests has a token, and is answered once: on a
slow line weights are on their way for half a minute, and a second copy would only stand in line behind the first. A
browser that repeats a token, since its page has changed meanwhile, is told that the answer was sent. Messages keep
their order: if it hears that without having the weights, they were lost, and it asks with a new token.
"""

from __future__ import annotations

import base64
from pathlib import Path

import streamlit as st
import torch

from capsnet.checkpoint import Checkpoint
from explorer.components.registry import received, register

_component = register("capsnet_decoder", Path(__file__).parent, script="deliver_decoder.js")


def packed(checkpoint: Checkpoint) -> str:
    """The decoder as the browser takes it: float16 in base64, each layer's weights, one row an input, then its biases.

    Checkpoints hold float16, so nothing is lost.
    """
    return _packed(checkpoint, checkpoint.digest)


@st.cache_resource(show_spinner=False, max_entries=2)
def _packed(_checkpoint: Checkpoint, digest: str) -> str:  # noqa: ARG001 - part of the cache's key
    numbers = [
        part.detach().half().numpy().astype("<f2").tobytes()
        for layer in _checkpoint.model.decoder
        if isinstance(layer, torch.nn.Linear)
        for part in (layer.weight.T.contiguous(), layer.bias)
    ]
    return base64.b64encode(b"".join(numbers)).decode()


def requested(lab: str) -> str | None:
    """The token of the browser's request that is known here; None: there is none, or the page was left meanwhile."""
    request = received(lab, "request")
    token = request.get("token") if isinstance(request, dict) else None
    return token if isinstance(token, str) else None


def deliver_decoder(checkpoint: Checkpoint, *, lab: str, key: str) -> None:
    """Answers the browser's request for a decoder, if there is one; shows nothing.

    It stands last on the page, so that nothing has to wait for the weights.

    Args:
        checkpoint: whose decoder the page needs.
        lab: the key of the `lab` that asks.
        key: names the element; what was answered is kept in the session under f"{key}-answered".
    """
    token = requested(lab)
    if token is None or received(lab, "request").get("digest") != checkpoint.digest:
        return
    answered: set[str] = st.session_state.setdefault(f"{key}-answered", set())
    weights = {} if token in answered else {"layers": _layers(checkpoint), "weights": packed(checkpoint)}
    _component(key=key, data={"digest": checkpoint.digest, "token": token, **weights}, height=1)
    answered.add(token)  # not before: a run can end within the call, and then nothing was sent


def _layers(checkpoint: Checkpoint) -> list[int]:
    config = checkpoint.card.config
    return [config.digit_capsules * config.digit_pose, *config.decoder_hidden, config.image_size**2]
