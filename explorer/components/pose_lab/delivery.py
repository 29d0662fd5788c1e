"""How the decoder's weights go to the browser: once for each checkpoint, in a message of their own.

The browser asks for them by digest when it lacks them. Each of its requests has a token, and is answered once: on a
slow line weights are on their way for half a minute, and a second copy would only stand in line behind the first. A
browser that repeats a token, since its page has changed meanwhile, is told that the answer was sent. Messages keep
their order: if it hears that without having the weights, they were lost, and it asks with a new token.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st
import torch

from capsnet.checkpoint import Checkpoint
from explorer.components.registry import handler, register

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


@dataclass(frozen=True)
class Request:
    """What the browser asks for."""

    digest: str
    token: str

    @classmethod
    def parse(cls, sent: Any) -> Request:
        """A request as the browser sends it.

        Raises:
            LookupError, TypeError, ValueError: it is malformed.
        """
        digest, token = sent["digest"], sent["token"]
        if not isinstance(digest, str) or not isinstance(token, str):
            raise ValueError(f"expected a digest and a token; got {sent!r}")
        return cls(digest, token)


def request_handler(lab: str) -> Callable[[], None]:
    """What keeps the browser's request, in the session: the state of the element itself goes when the page is left."""

    def keep(request: Request) -> None:
        st.session_state[_kept(lab)] = request

    return handler(lab, "request", keep, Request.parse)


def known_request(lab: str, digest: str) -> dict[str, str | None]:
    """The part of a `lab`'s data that says which request for this decoder is known here.

    Without one it is other data in every run, so that a browser that shows the same once more is called, and asks.
    """
    request = _request(lab, digest)
    return {"requested": request.token, "run": None} if request else {"requested": None, "run": uuid4().hex}


def deliver_decoder(checkpoint: Checkpoint, *, lab: str, key: str) -> None:
    """Answers the browser's request for a decoder, if there is one; shows nothing.

    It stands last on the page, so that nothing has to wait for the weights.

    Args:
        checkpoint: whose decoder the page needs.
        lab: the key of the `lab` that asks.
        key: names the element; what was answered is kept in the session under f"{key}-answered".
    """
    request = _request(lab, checkpoint.digest)
    if request is None:
        return
    answered: set[str] = st.session_state.setdefault(f"{key}-answered", set())
    weights = {} if request.token in answered else {"layers": _layers(checkpoint), "weights": packed(checkpoint)}
    _component(key=key, data={"digest": checkpoint.digest, "token": request.token, **weights}, height=1)
    answered.add(request.token)  # not before: a run can end within the call, and then nothing was sent


def _kept(lab: str) -> str:
    return f"{lab}-request"


def _request(lab: str, digest: str) -> Request | None:
    request = st.session_state.get(_kept(lab))
    return request if isinstance(request, Request) and request.digest == digest else None


def _layers(checkpoint: Checkpoint) -> list[int]:
    config = checkpoint.card.config
    return [config.digit_capsules * config.digit_pose, *config.decoder_hidden, config.image_size**2]
