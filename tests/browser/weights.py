"""Weights and pictures for modules in an empty page, over the page's own HTTP."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from tests.browser.modules import ModulePage

LOAD = """
    const bytesOf = async name => new Response((await fetch("/bytes/" + name)).body).arrayBuffer()
    const tensorsAt = async name => {
        const packed = (await fetch("/bytes/" + name)).body
        const stream = packed.pipeThrough(new DecompressionStream("gzip"))
        return m.tensorsOf(await new Response(stream).arrayBuffer()).tensors
    }
    const networkAt = async () => {
        const tensors = await tensorsAt("network")
        const packed = (await fetch("/bytes/refinement")).body.pipeThrough(new DecompressionStream("gzip"))
        m.refine(tensors, await new Response(packed).arrayBuffer())
        return tensors
    }
    const numbersAt = async name => m.tensorsOf(await bytesOf(name)).tensors
    const row = (numbers, n, count) => {
        const length = numbers.length / count
        return numbers.subarray(n * length, (n + 1) * length)
    }
    const farthest = (found, expected) => {
        if (found.length !== expected.length) throw new Error(`${found.length} numbers, not ${expected.length}`)
        let most = 0
        for (let k = 0; k < found.length; k++) {
            const error = Math.abs(found[k] - expected[k])
            if (!(error <= most)) most = error // NaN stays
        }
        return most
    }
"""
"""Helpers in the page; `tensors.js` must be among the modules."""


def serve_bytes(modules: ModulePage, files: Mapping[str, bytes]) -> None:
    """Lets the page fetch these as /bytes/NAME."""
    modules.site.files = dict(files)


def numbers(**arrays: NDArray[np.float32]) -> bytes:
    """Arrays as a safetensors file."""
    return save({name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()})
