"""The decoder in JavaScript against PyTorch's."""

from __future__ import annotations

import numpy as np

from capsnet import checkpoint
from explorer import poses
from explorer.components.network.packing import packed_decoder
from tests.browser.modules import ModulePage, module_page, modules
from tests.browser.weights import LOAD, serve_bytes

__all__ = ["module_page", "modules"]
FILES = "network/tensors.js network/decoder.js"
LOAD_DECODER = f"""{LOAD}
    const {{ capsules, poses }} = given
    const decoder = m.Decoder.of(await tensorsAt("decoder"))
"""


def decoder_data(modules: ModulePage, count: int) -> tuple[dict[str, object], np.ndarray]:
    """Random poses of random capsules, and what PyTorch draws from them, 0..1 [N, H * W]; the page gets the decoder."""
    network = checkpoint.read()
    serve_bytes(modules, {"decoder": packed_decoder(network)})
    random = np.random.default_rng(17)
    capsules = random.integers(0, 10, count)
    numbers = random.uniform(-0.9, 0.9, (count, 16)).astype(np.float32)
    expected = [
        poses.decode(network.model, int(j), pose[None])[0].ravel() for j, pose in zip(capsules, numbers, strict=True)
    ]
    return {"capsules": capsules.tolist(), "poses": numbers.tolist()}, np.array(expected)


def test_the_decoder_draws_what_pytorch_draws(modules: ModulePage) -> None:
    data, expected = decoder_data(modules, 25)
    code = LOAD_DECODER + "return poses.map((pose, n) => [...decoder.decode(capsules[n], pose)])"
    drawn = np.array(modules.run(FILES, code, data))
    assert expected.std() > 0.1
    assert np.abs(drawn - expected).max() < 1e-5


def test_a_blend_is_drawn_from_the_sum_of_poses(modules: ModulePage) -> None:
    data, expected = decoder_data(modules, 2)
    code = (
        LOAD_DECODER
        + """
        const blend = share => [...decoder.blend([[3, poses[0], 1 - share], [3, poses[1], share]])]
        const middle = poses[0].map((value, d) => 0.25 * value + 0.75 * poses[1][d])
        const two = [...decoder.blend([[capsules[0], poses[0], 1], [capsules[1], poses[1], 0]])]
        return [blend(0.75), [...decoder.decode(3, middle)], two]
    """
    )
    blended, between, one = np.array(modules.run(FILES, code, data))
    assert np.abs(blended - between).max() < 1e-5
    assert np.abs(one - expected[0]).max() < 1e-5


def test_float16_numbers_are_widened_without_loss(modules: ModulePage) -> None:
    """All finite ones: subnormal, negative, both zeros."""
    bits = np.arange(65536, dtype="<u2")
    numbers = bits.view("<f2")[np.isfinite(bits.view("<f2"))]
    code = "return [...new Uint32Array(m.widened(Uint16Array.from(given)).buffer)]"
    widened = modules.run("network/float16.js", code, numbers.view("<u2").tolist())
    np.testing.assert_array_equal(np.array(widened, np.uint32), numbers.astype(np.float32).view(np.uint32))


def test_layers_that_do_not_fit_together_are_refused(modules: ModulePage) -> None:
    code = """
        const layers = sizes => sizes.slice(1).map((width, n) => ({
            weights: new Float32Array(sizes[n] * width), biases: new Float32Array(width) }))
        const said = attempt => { try { attempt() } catch (error) { return error.message } }
        const [first, , last] = layers([6, 2, 3, 4])
        const two = { weights: new Float32Array(8), biases: new Float32Array(2) }
        return [
            said(() => new m.Decoder(layers([6, 2, 3, 4]))),
            said(() => new m.Decoder(layers([6, 2, 3]))),
            said(() => new m.Decoder([first, two, last])),
            said(() => m.Decoder.of({ "decoder.0.weights": first.weights })),
        ]
    """
    wrong = "a decoder has three layers, each with an input for each output before it; got inputs "
    assert modules.run(FILES, code) == [
        None,
        wrong + "6,2",
        wrong + "6,4,3",
        "the weights lack decoder.0.biases; got decoder.0.weights",
    ]
