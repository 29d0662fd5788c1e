"""The network's code, annotated: every anchor is on one line, every line has words, and numbers are the reading's."""

from __future__ import annotations

import inspect
import re
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from capsnet import losses, routing
from explorer.annotations import ANNOTATED, FILES, Annotation, Looked, annotations_of, docstring_of, lines_of
from explorer.annotations import numbers as live
from explorer.annotations.source import anchored
from explorer.reading import CapsuleReading
from explorer.text import Say, languages, words
from tests.explorer.routed import random_votes, routed

LOOK = Looked(iteration=2, digit=2, rival=7, primary=41)
ALL: list[tuple[str, Annotation]] = [(name, line) for name, part in ANNOTATED.items() for line in part.lines]


@pytest.fixture(scope="module")
def reading() -> CapsuleReading:
    """R = 4, I = 105, J = 11, D = 6, beta = 2.5."""
    return routed(random_votes())


@pytest.mark.parametrize(("name", "annotation"), ALL, ids=lambda value: getattr(value, "name", value))
def test_every_anchor_is_on_one_line_of_code(name: str, annotation: Annotation) -> None:
    source = ANNOTATED[name].source
    number = anchored(source, annotation.anchor)
    text = inspect.getsource(ANNOTATED[name].module).splitlines()[number - 1]
    assert annotation.anchor in text
    assert number not in docstring_of(source)


def test_an_anchor_that_is_gone_or_doubled_is_refused() -> None:
    with pytest.raises(ValueError, match=r"on one line of squash; got \[\]"):
        anchored(routing.squash, "no such line")
    with pytest.raises(ValueError, match="on one line of routing_steps; got"):
        anchored(routing.routing_steps, "logits")


@pytest.mark.parametrize("file", FILES)
def test_lines_are_the_files_own_with_colours(file: str) -> None:
    lines = lines_of(FILES[file])
    assert [line.text for line in lines] == inspect.getsource(FILES[file]).splitlines()
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert {"doc", "keyword", "name", "comment", "number", ""} <= {kind for line in lines for kind, _ in line.tokens}
    assert len(annotations_of(file)) == sum(
        len(part.lines) for part in ANNOTATED.values() if part.module is FILES[file]
    )


def test_lines_of_a_function_have_the_numbers_of_its_file() -> None:
    lines = lines_of(routing.squash)
    assert [line.text for line in lines] == inspect.getsource(routing.squash).rstrip().splitlines()
    assert lines_of(routing)[lines[0].number - 1] == lines[0]
    assert lines_of(routing)[docstring_of(routing.squash).start - 1].text.lstrip().startswith('"""')


def test_every_annotation_has_its_words_and_no_words_are_left() -> None:
    names = {annotation.name for _, annotation in ALL}
    section = words("en")["code"].keys() - {"title", "help", "empty", "heading", "file", "sub_line", "followed"}
    papers = {f"paper_{line.paper[0]}" for _, line in ALL if line.paper[0]}
    assert section == names | {f"{name}_now" for name in names} | papers


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("name", "annotation"), ALL, ids=lambda value: getattr(value, "name", value))
def test_every_line_says_its_numbers(name: str, annotation: Annotation, language: str, reading: CapsuleReading) -> None:
    found = annotation.numbers(reading, LOOK)
    assert len(found.values) in (1, 2), name
    for values in found.values:
        said = Say(language)(f"code.{annotation.name}_now", **values)
        assert re.search(r"\d", said)
        assert "{" not in said
    assert np.isfinite(found.bars).all()
    if len(found.bars) and not found.pose:
        assert len(found.bars) == len(reading.classes)


@pytest.mark.parametrize(("name", "annotation"), ALL, ids=lambda value: getattr(value, "name", value))
def test_formulas_are_mathml(name: str, annotation: Annotation) -> None:
    known = {"minus": "m", "times": "x", "lowast": "*", "reals": "R", "sigma": "s"}
    text = re.sub(r"&(\w+);", lambda entity: known[entity[1]], annotation.formula)
    root = ElementTree.fromstring(text)  # noqa: S314 our own
    assert root.tag == "math", name
    assert {"mi", "mo"} & {element.tag for element in root.iter()}


def test_each_phase_of_the_race_is_led_by_one_line() -> None:
    leading = [line.phase for line in ANNOTATED["routing_steps"].lines if line.leads]
    assert leading == ["c", "s", "v", "b"]
    assert [line.name for name, line in ALL if line.leads and name != "routing_steps"] == []


def test_couplings_and_logits_by_hand(reading: CapsuleReading) -> None:
    focus, rival = live.couplings(reading, LOOK).values
    b = reading.agreements[:2, 41].sum(axis=0, dtype=np.float64)  # of the two iterations before the third
    c = np.exp(2.5 * b) / np.exp(2.5 * b).sum()
    assert focus == pytest.approx({"logit": 2.5 * b[2], "share": 100 * c[2]}, rel=1e-4)
    assert rival == pytest.approx({"logit": 2.5 * b[7], "share": 100 * c[7]}, rel=1e-4)
    focus, rival = live.update(reading, LOOK).values
    a = reading.agreements[2, 41]
    assert focus == pytest.approx({"before": b[2], "agreement": a[2], "after": b[2] + a[2]}, rel=1e-4)


def test_sums_poses_and_agreements_by_hand(reading: CapsuleReading) -> None:
    weights = reading.couplings[2].astype(np.float64)
    s = np.einsum("ij,ijd->jd", weights, reading.votes)
    lengths = np.linalg.norm(s, axis=-1)
    v = s * (lengths / (1 + lengths**2))[:, None]
    _, rival = live.sums(reading, LOOK).values
    assert rival == pytest.approx({"length": lengths[7], "shares": weights[:, 7].sum()}, rel=1e-4)
    _, rival = live.poses(reading, LOOK).values
    assert rival == pytest.approx({"sum": lengths[7], "length": np.linalg.norm(v[7])}, rel=1e-4)
    vote = reading.votes[41, 7]
    _, rival = live.agreements(reading, LOOK).values
    expected = {"vote": np.linalg.norm(vote), "pose": np.linalg.norm(v[7]), "agreement": vote @ v[7]}
    assert rival == pytest.approx(expected, rel=1e-3)


def test_losses_are_those_that_the_network_is_trained_on(reading: CapsuleReading) -> None:
    """Were the digit each of the classes in turn."""
    classes = torch.arange(11)
    lengths = torch.tensor(reading.scores).expand(11, -1)
    margins = losses.margin_loss(lengths, classes).numpy()
    np.testing.assert_allclose(live.margins(reading), margins, rtol=1e-5)
    pictures = torch.tensor(reading.reconstructions)[:, None]
    errors = losses.reconstruction_error(pictures, torch.tensor(reading.image).expand_as(pictures)).numpy()
    np.testing.assert_allclose(live.errors(reading), errors, rtol=1e-5)
    loss = live.weighted(reading, LOOK).values[1]["loss"]
    assert loss == pytest.approx(margins[7] + losses.RECONSTRUCTION_WEIGHT * errors[7], rel=1e-5)
    beyond = losses.long_votes(torch.tensor(reading.votes)[None]).item()
    assert live.long(reading, LOOK).values[0]["loss"] == pytest.approx(beyond, rel=1e-5)


def test_the_agreement_loss_is_that_of_training(reading: CapsuleReading) -> None:
    primary = np.random.default_rng(5).random((105, 8), dtype=np.float32)
    found = live.gathered(CapsuleReading(**(vars(reading) | {"primary": primary})), LOOK)
    couplings, poses = torch.tensor(reading.couplings[-1])[None], torch.tensor(primary)[None]
    for digit, bar in enumerate(found.bars):
        assert bar == pytest.approx(losses.agreement_loss(couplings, poses, torch.tensor([digit])).item(), rel=1e-4)
