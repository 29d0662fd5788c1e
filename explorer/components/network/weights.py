"""Where a browser finds a network's weights."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from capsnet.checkpoint import Checkpoint
from explorer.components.network.packing import FORMAT, packed_decoder, packed_network
from explorer.components.served_files import address, is_served, serve

RETRY = 30.0
"""Seconds after which what could not be packed, as on a full disk, or is not there any more, is packed again."""

_packing = ThreadPoolExecutor(1, thread_name_prefix="capsnet-packing")
_begun: dict[str, tuple[Future[None], float]] = {}
"""By the network's digest, its packing, and when that was begun."""


class Weights(NamedTuple):
    """Addresses below the app's own, in the order in which they are to be fetched."""

    network: str
    """All between a picture and its digit capsules, coarse."""
    decoder: str
    refinement: str
    """What the network's weights lack."""


def weights(checkpoint: Checkpoint) -> Weights:
    """The addresses of a capsule network's weights.

    They are packed in the background when they are first asked for: browsers ask again until they are there.
    """
    names, now = _names(checkpoint), time.monotonic()
    packing, begun = _begun.get(checkpoint.digest, (None, -RETRY))
    at_work = packing is not None and not packing.done()
    if not at_work and now - begun >= RETRY and not all(map(is_served, names)):
        _begun[checkpoint.digest] = _packing.submit(_pack, checkpoint, names), now
    return Weights(*map(address, names))


def _pack(checkpoint: Checkpoint, names: Weights) -> None:
    serve(names.decoder, packed_decoder(checkpoint))  # first, which takes a tenth of the time
    packed = packed_network(checkpoint)
    serve(names.network, packed.network)
    serve(names.refinement, packed.refinement)


def _names(checkpoint: Checkpoint) -> Weights:
    """By what the files hold: the weights, and how they are packed."""
    stem = f"{checkpoint.digest[:16]}-{FORMAT}"
    return Weights(*(f"{stem}-{kind}.safetensors.gz" for kind in Weights._fields))
