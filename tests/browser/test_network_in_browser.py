"""The capsule network in JavaScript against PyTorch's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from capsnet import CapsNet, checkpoint
from capsnet.card import DoubtThresholds
from capsnet.checkpoint import Checkpoint
from capsnet.routing import lengths, routing_steps
from explorer.components.network.packing import PackedNetwork, packed_decoder, packed_network, settings
from explorer.drawing import is_dot, to_mnist
from explorer.measures.answer import verdict
from explorer.measures.pictures import misfit
from explorer.presets import CANVAS
from explorer.reading import CapsuleReading, read
from tests.browser.drawings import UNPACKED, Pixels, digits, dots, oddities, packed, presets
from tests.browser.modules import ModulePage, module_page, modules
from tests.browser.weights import LOAD, numbers, serve_bytes
from tests.capsnet.samples import CONFIG, make_card, random_pictures, small_model
from tools.experiments.packed_weights import COUNT, as_packed, drawings

__all__ = ["module_page", "modules"]
FILES = "network/tensors.js network/network.js network/routing.js network/trace.js network/reader.js"
READ_ALL = (
    LOAD
    + """
    const { config, count, iterations } = given
    const network = new m.CapsuleNetwork(config, await networkAt())
    const expected = await numbersAt("expected")
    const worst = {}
    for (let n = 0; n < count; n++) {
        const found = network.read(row(expected.images, n, count), iterations)
        const reading = { ...m.traceOf(found), features: m.featureMapsOf(found.features, config.feature_channels) }
        for (const name in reading)
            if (name in expected)
                worst[name] = Math.max(worst[name] ?? 0, farthest(reading[name], row(expected[name], n, count)))
    }
    return worst
"""
)


SINGLE = ("features", "primary", "votes")
BY_ITERATION = ("couplings", "agreements", "sums", "poses", "lengths")


def expected(model: CapsNet, images: Tensor, iterations: int | None = None) -> dict[str, Any]:
    """What PyTorch finds, a row a picture."""
    traces = [model.trace(batch, iterations) for batch in images.split(50)]
    found = {name: torch.cat([getattr(trace, name) for trace in traces]) for name in SINGLE}
    found |= {name: torch.cat([getattr(trace, name).transpose(0, 1) for trace in traces]) for name in BY_ITERATION}
    return {name: values.numpy() for name, values in found.items()} | {"images": images.numpy()}


@pytest.fixture(scope="module")
def pictures() -> Tensor:
    return drawings()


@pytest.mark.parametrize("name", ["drawn", "mnist"])
def test_the_shipped_networks_read_as_pytorch_does(modules: ModulePage, pictures: Tensor, name: str) -> None:
    network = checkpoint.read(checkpoint.SHIPPED / f"{name}.safetensors")
    found = expected(network.model, pictures)
    assert len(set(found["lengths"][:, -1].argmax(1).tolist())) == 10
    del found["votes"], found["features"], found["agreements"]  # 380 MB
    serve_bytes(modules, {**packed_network(network)._asdict(), "expected": numbers(**found)})
    given = {"config": settings(network)["config"], "count": COUNT}
    worst = modules.run(FILES, READ_ALL, given)
    assert worst.keys() == {"primary", "couplings", "sums", "poses", "lengths"}
    assert max(worst[name] for name in ("lengths", "couplings", "poses")) < 1e-3, worst


def small_network(**changes: Any) -> tuple[Checkpoint, PackedNetwork]:
    """A network of distinct prime sizes with long votes, which has exactly the weights of the packed file."""
    model = small_model(replace(CONFIG, **changes), votes=6)
    with torch.no_grad():
        for weights in model.decoder.parameters():
            weights.copy_(weights.half())
    network = Checkpoint(model, make_card(model.config, doubt=DoubtThresholds(0.2, 0.05, 0.9)), "0" * 64)
    packed = packed_network(network)
    return replace(network, model=as_packed(model, packed)), packed


@pytest.mark.parametrize(("iterations", "changes"), [(None, {}), (1, {}), (5, {"inverse_temperature": 7.0})])
def test_every_number_of_a_network_of_other_sizes(
    modules: ModulePage, iterations: int | None, changes: dict[str, Any]
) -> None:
    network, packed = small_network(**changes)
    found = expected(network.model, random_pictures(11), iterations)
    if iterations == 5:
        assert found["couplings"].max() > 0.5
    serve_bytes(modules, {**packed._asdict(), "expected": numbers(**found)})
    given = {"config": settings(network)["config"], "count": 11, "iterations": iterations or CONFIG.iterations}
    worst = modules.run(FILES, READ_ALL, given)
    assert worst.keys() == found.keys() - {"images"}
    assert max(worst.values()) < 1e-5, worst


READ_PICTURES = (
    LOAD
    + """
    const plain = reading => reading && Object.fromEntries(
        Object.entries(reading).map(([name, value]) => [name, value instanceof Float32Array ? [...value] : value]))
    const reader = new m.Reader(given.settings, await networkAt())
    const pictures = given.pictures.map(picture => Float32Array.from(picture))
    const early = plain(reader.read(pictures[0]))
    reader.giveDecoder(await tensorsAt("decoder"))
    const readings = given.iterations.map((iterations, n) => reader.read(pictures[n], { iterations })) // all kept
    return { early, none: reader.read(null), readings: readings.map(plain) }
"""
)


def test_a_reader_says_what_the_explorer_says(modules: ModulePage) -> None:
    network, packed = small_network()
    pictures = [*random_pictures(12)[:, 0].numpy(), np.zeros((13, 13), np.float32)]
    iterations = [2] * 9 + [1, 3, 5, 2]
    serve_bytes(modules, {**packed._asdict(), "decoder": packed_decoder(network)})
    given = {"settings": settings(network), "iterations": iterations}
    said = modules.run(FILES, READ_PICTURES, {**given, "pictures": [picture.ravel().tolist() for picture in pictures]})
    assert said["none"] is None
    assert said["early"]["reconstruction"] is None
    assert said["early"].keys() == said["readings"][0].keys()
    doubts = set()
    for picture, number, reading in zip(pictures, iterations, said["readings"], strict=True):
        assert_same(reading, read(network.model, picture, number), network.card.doubt)
        doubts.add(reading["doubt"])
    assert len(doubts) > 1


ASK = (
    LOAD
    + """
    const reader = new m.Reader(given.settings, await networkAt())
    const image = Float32Array.from(given.picture)
    const lengths = silenced => [...m.answerTo(reader, { image, silenced }).trace.lengths]
    const pose = Float32Array.from(given.pose)
    const early = m.answerTo(reader, { decode: { capsule: 1, poses: [pose] } })
    reader.giveDecoder(await tensorsAt("decoder"))
    const [drawn, again] = m.answerTo(reader, { decode: { capsule: 1, poses: [pose, pose.map(() => 0)] } })
    const many = m.answerTo(reader, { images: [image, image.map(() => 0)], iterations: 1 })
    return {
        ready: m.answerTo(reader, {}), early, drawn: [...drawn], again: [...again],
        all: lengths(), none: lengths([]), some: lengths(given.silenced), silent: lengths(given.every),
        many: many.map(({ lengths }) => [...lengths]),
    }
"""
)


def test_questions_about_other_pictures_parts_and_poses(modules: ModulePage) -> None:
    network, packed = small_network()
    model, picture, silenced = network.model, random_pictures(1)[0, 0].numpy(), [0, 7, 41]
    pose = np.linspace(-0.4, 0.5, CONFIG.digit_pose).astype(np.float32)
    serve_bytes(modules, {**packed._asdict(), "decoder": packed_decoder(network)})
    given = {"settings": settings(network), "picture": picture.ravel().tolist(), "pose": pose.tolist()}
    every = list(range(CONFIG.primary_capsules))
    said = modules.run(f"{FILES} network/questions.js", ASK, {**given, "silenced": silenced, "every": every})
    assert (said["ready"], said["early"]) == ({"ready": True}, None)
    assert said["all"] == said["none"] == pytest.approx(read(model, picture).lengths.ravel().tolist(), abs=1e-5)
    assert set(said["silent"]) == {0}
    votes = torch.tensor(read(model, picture).votes)[None]
    votes[:, silenced] = 0
    steps = routing_steps(votes, CONFIG.iterations, CONFIG.inverse_temperature)
    expected = torch.cat([lengths(step.poses)[0] for step in steps])
    assert said["some"] == pytest.approx(expected.tolist(), abs=1e-5)
    assert said["some"] != said["all"]
    poses = torch.zeros(1, CONFIG.digit_capsules, CONFIG.digit_pose)
    poses[0, 1] = torch.tensor(pose)
    drawn = model.reconstruct(poses, torch.tensor([1]))
    assert said["drawn"] == pytest.approx(drawn.flatten().tolist(), abs=1e-3)
    assert said["again"] != said["drawn"]
    blank = np.zeros_like(picture)
    for found, image in zip(said["many"], (picture, blank), strict=True):
        assert found == pytest.approx(read(model, image, 1).lengths[0].tolist(), abs=1e-5)


def assert_same(said: dict[str, Any], reading: CapsuleReading, thresholds: DoubtThresholds) -> None:
    answer = verdict(reading, thresholds)
    assert (said["winner"], said["rival"], said["doubt"]) == (answer.winner, answer.rival, answer.doubt.value)
    for name, values in {
        "image": reading.image,
        "lengths": reading.lengths[-1],
        "couplings": reading.couplings[-1],
        "poses": reading.poses[-1],
        "reconstruction": reading.reconstructions[answer.winner],
    }.items():
        np.testing.assert_allclose(said[name], values.ravel(), rtol=0, atol=1e-5)


READ_CANVASES = (
    LOAD
    + UNPACKED
    + """
    const reader = new m.Reader(given.settings, await networkAt())
    reader.giveDecoder(await tensorsAt("decoder"))
    const pixels = new Uint8ClampedArray(await unpacked(given.pixels))
    const bytes = 4 * given.width ** 2
    return Array.from({ length: pixels.length / bytes }, (_, n) => {
        const reading = reader.readCanvas(pixels.subarray(n * bytes, (n + 1) * bytes), given.width)
        return reading && [reading.winner, reading.doubt, ...reading.lengths]
    })
"""
)


def test_both_say_the_same_of_two_hundred_drawings(modules: ModulePage) -> None:
    """The whole way from the canvas: they may part only where a length, or a lead, is at a threshold."""
    network = checkpoint.read(checkpoint.SHIPPED / "drawn.safetensors")
    canvases = [*digits(150), *presets(18), *dots(), *oddities()]
    assert len(canvases) >= 200
    serve_bytes(modules, {**packed_network(network)._asdict(), "decoder": packed_decoder(network)})
    given = {"settings": settings(network), "width": CANVAS, "pixels": packed(canvases)}
    said = modules.run(FILES, READ_CANVASES, given)
    apart = [n for n, (canvas, one) in enumerate(zip(canvases, said, strict=True)) if not agrees(network, canvas, one)]
    assert apart == []


def agrees(network: Checkpoint, canvas: Pixels, said: list[Any] | None) -> bool:
    """Whether the server would say the same, or nearly doubts what the browser says, or nearly does not."""
    image = None if is_dot(canvas) else to_mnist(canvas)
    if image is None or said is None:
        return image is None and said is None
    reading = read(network.model, image)
    answer, (winner, doubt, *lengths) = verdict(reading, network.card.doubt), said
    assert np.abs(reading.lengths[-1] - lengths).max() < 1e-3
    lead = answer.length - answer.rival_length
    near = min(abs(answer.length - network.card.doubt.length), abs(lead - network.card.doubt.lead), lead) < 2e-3
    near |= abs(misfit(reading, answer.winner) - network.card.doubt.misfit) < 2e-3
    return near or (winner, doubt) == (answer.winner, answer.doubt.value)


def test_squash_keeps_directions_and_shortens(modules: ModulePage) -> None:
    code = """
        const numbers = Float64Array.from([9, 3, 4, 9, 0, 0])
        return [m.squash(numbers, 1, 2), m.squash(numbers, 4, 2), ...numbers]
    """
    # |(3, 4)| = 5: the length becomes 25 / 26
    assert modules.run("network/routing.js", code) == pytest.approx([25 / 26, 0, 9, 15 / 26, 20 / 26, 9, 0, 0])


def test_routing_by_hand(modules: ModulePage) -> None:
    """Two capsules that agree about class 0, one of them silent about class 1; poses of one number."""
    code = """
        const sizes = { capsules: 2, classes: 2, pose: 1 }
        const steps = m.routingSteps(Float32Array.from([2, 0, 2, 1]), sizes, 2, 3)
        const all = name => steps.map(step => [...step[name]])
        return Object.fromEntries(["couplings", "agreements", "poses", "lengths"].map(name => [name, all(name)]))
    """
    found = modules.run("network/routing.js", code)
    # first: c = 1/2, s = (2, 1/2), v = (4/5, 1/5); b_1 = (8/5, 0), b_2 = (8/5, 1/5); then c = softmax(3 b)
    odds = np.exp(-3 * np.array([8 / 5, 7 / 5]))
    shares = np.stack([1 / (1 + odds), odds / (1 + odds)], axis=1)
    sums = np.array([2 * shares[:, 0].sum(), shares[1, 1]])
    assert found["couplings"] == [[0.5] * 4, pytest.approx(shares.ravel().tolist())]
    assert found["agreements"][0] == pytest.approx([8 / 5, 0, 8 / 5, 1 / 5])
    assert found["poses"][0] == pytest.approx([4 / 5, 1 / 5])
    assert found["poses"][1] == pytest.approx((sums * np.abs(sums) / (1 + sums**2)).tolist())
    assert found["lengths"] == [pytest.approx([4 / 5, 1 / 5]), pytest.approx((sums**2 / (1 + sums**2)).tolist())]


def test_what_does_not_fit_is_refused(modules: ModulePage) -> None:
    network, packed = small_network()
    serve_bytes(modules, packed._asdict())
    code = (
        LOAD
        + """
        const tensors = await networkAt()
        const said = attempt => { try { attempt() } catch (error) { return error.message } }
        const network = new m.CapsuleNetwork(given, tensors)
        const short = name => ({ ...tensors, [name]: tensors[name].slice(1) })
        return [
            said(() => network.read(new Float32Array(12))),
            said(() => network.read(new Float32Array(169), 0)),
            ...["convolution.weights", "primary.weights", "transforms"].map(
                name => said(() => new m.CapsuleNetwork(given, short(name)))),
            said(() => new m.CapsuleNetwork(given, { "convolution.weights": tensors["convolution.weights"] })),
        ]
    """
    )
    assert modules.run(FILES, code, settings(network)["config"]) == [
        "a picture must have 169 pixels; got 12",
        "iterations must be at least 1; got 0",
        "a convolution needs 1 x 3 x 3 x 17 weights; got 152",
        "a convolution needs 17 x 3 x 3 x 21 weights; got 3212",
        "the network needs 525 x 55 transforms; got 28874",
        "the weights lack convolution.biases; got convolution.weights",
    ]
