"""Nothing assumes 28 x 28 pixels, ten classes or capsules: other networks through the whole app."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capsnet import architectures, checkpoint
from capsnet.convolutional import CnnConfig, GatedConfig
from explorer.presets import render
from explorer.reading import Reading
from explorer.text import Say
from explorer.text.say import escaped
from explorer.views.pages import PAGES
from explorer.views.routing.closer_look import DISCLOSURES
from tests.capsnet.convolution import CONVOLUTION, ConvolutionConfig
from tests.capsnet.samples import DIGIT_CONFIG, make_card, small_model
from tests.explorer.pages import captions, draw, open_page, prediction

say = Say()
CONFIG = replace(DIGIT_CONFIG, image_size=36, primary_stride=3, classes=("3", "7", "x_y *z*"))
SEVEN = render((((70.0, 70.0), (200.0, 70.0), (130.0, 220.0)),), 18)


@pytest.fixture
def larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app begins with a capsule network of 36 x 36 pixels and 3 classes."""
    file = tmp_path / "larger.safetensors"
    checkpoint.write(file, small_model(CONFIG, votes=9), make_card(CONFIG))
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])


def size(pixels: int) -> str:
    """What is said of the network's picture."""
    return say("panel.normalised", size=pixels, origin="").split(" · ")[0]


@pytest.mark.usefixtures("larger")
@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_every_page_shows_a_network_of_another_size(page: str) -> None:
    app = open_page("" if page == "overview" else page).run()
    assert not app.exception
    draw(app, SEVEN)
    assert not app.exception
    assert prediction(app).removeprefix("? ") in CONFIG.classes
    assert size(36) in captions(app)
    session = app.session_state["session"]
    assert session.digit.image.shape == (36, 36)


@pytest.mark.usefixtures("larger")
@pytest.mark.parametrize("name", DISCLOSURES)
def test_all_that_opens_is_there_for_a_network_of_another_size(name: str) -> None:
    app = open_page("routing").run()
    draw(app, SEVEN)
    app.session_state[f"open-{name}"] = True
    app.run()
    assert not app.exception


@pytest.mark.usefixtures("larger")
def test_a_pose_has_as_many_numbers_as_it_has() -> None:
    count = CONFIG.digit_pose
    app = open_page("pose").run()
    draw(app, SEVEN)
    assert any(f"The capsule whose {count} numbers you change" in element.help for element in app.markdown)


@pytest.mark.usefixtures("larger")
def test_a_digit_goes_on_to_a_network_with_pictures_of_another_size() -> None:
    app = open_page().run()
    draw(app, SEVEN)
    app.selectbox(key="network").select("mnist").run()
    assert not app.exception
    assert prediction(app).removeprefix("? ").startswith(tuple("0123456789"))
    assert size(28) in captions(app)


SMALL: dict[str, Any] = {"channels": (3, 5), "hidden": (7,)}


@pytest.fixture(params=["convolution", "cnn", "gated"])
def plain(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app begins with a network that has no capsules; one has scores beyond 0 to 1."""
    monkeypatch.setitem(architectures.ARCHITECTURES, CONVOLUTION.name, CONVOLUTION)
    configs = {
        "convolution": ConvolutionConfig(image_size=28, classes=tuple("0123456789")),
        "cnn": CnnConfig(**SMALL),
        "gated": GatedConfig(**SMALL, reduction=3),
    }
    config, file = configs[request.param], tmp_path / "plain.safetensors"
    changes: dict[str, Any] = {"config": config, "architecture": request.param, "pose_mean": (), "pose_std": ()}
    card = replace(make_card(DIGIT_CONFIG), **changes)
    checkpoint.write(file, architectures.architecture(request.param).network(config).eval(), card)
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(file)])


@pytest.mark.usefixtures("plain")
def test_a_network_without_capsules_is_read_and_what_it_cannot_show_is_left_out() -> None:
    app = open_page().run()
    assert not app.exception
    assert prediction(app).removeprefix("? ")[0] in "0123456789"
    shown = {link.proto.label for link in app.get("page_link")}
    assert shown == {say(f"{name}.title") for name in ("overview", "compare", "training")}
    training = open_page("training").run()
    assert not training.exception
    assert say("training.film_none") in [element.value for element in training.markdown]
    assert say("overview.scores") in [element.value for element in app.markdown]


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("page", [page.name for page in PAGES if page.needs is not Reading])
def test_a_page_of_capsules_steps_back_at_its_address(page: str) -> None:
    app = open_page(page).run()
    assert not app.exception
    left_out = say("app.no_capsules", page=say(f"{page}.title"), compare=say("compare.title"))
    assert left_out in [info.value for info in app.info]


@pytest.mark.usefixtures("plain")
def test_a_network_without_capsules_gives_way_to_one_with() -> None:
    app = open_page().run()
    app.selectbox(key="network").select("mnist").run()
    assert not app.exception
    assert {link.proto.label for link in app.get("page_link")} == {say(f"{page.name}.title") for page in PAGES}


@pytest.mark.usefixtures("larger")
def test_class_names_stay_text() -> None:
    app = open_page("routing").run()
    draw(app, SEVEN)
    app.session_state["open-all"] = True
    app.run()
    assert not app.exception
    assert any(escaped("x_y *z*") in element.value for element in app.markdown)
    assert not any("*z*" in element.value for element in app.markdown)
