"""The address of a view: what one person shares another one opens, and nothing a stranger writes breaks."""

from __future__ import annotations

from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capsnet.perturbation import AMOUNTS, Perturbation
from explorer.arrays import Floats
from explorer.poses import STEP
from explorer.presets import Preset, Stroke, load_presets, stroke_drawing
from explorer.session import Blank, Digit, Drawing, Example, MnistDigit, Session, Upload
from explorer.session.address import FIELDS, LONGEST_VALUE, MOST_ITERATIONS, Bounds, opened, shared
from explorer.session.comparison import KINDS, SHARES, Comparison
from explorer.session.digit import EMPTY
from explorer.session.digit_text import GREYS
from explorer.session.digits import Digits
from explorer.session.session import LESSON_STEPS
from tests.explorer.session.test_strokes import strokes

CLASSES, PRIMARY, POSE, SIZE = 7, 53, 5, 11
BOUNDS = Bounds("small-network", "0123456789abcdef", CLASSES, PRIMARY, POSE, SIZE)


class Shelf:
    """Makes digits without networks or data; there are 13 of MNIST, and the examples."""

    def example(self, identity: str) -> Digit:
        if identity not in {preset.id for preset in load_presets()}:
            raise ValueError(identity)
        return Digit(Example(identity), None)

    def mnist(self, number: int) -> Digit:
        if number >= 13:
            raise ValueError(number)
        return Digit(MnistDigit(number, str(number % 10)), None)

    def drawing(self, strokes: tuple[Stroke, ...], width: int) -> Digit:
        return Digit(Drawing(), np.ones((SIZE, SIZE), np.float32), stroke_drawing(strokes, width))

    def picture(self, image: Floats) -> Digit:
        return Digit(Upload(""), image)


def open_link(parameters: dict[str, str]) -> Session:
    return opened(parameters, BOUNDS, Shelf(), EMPTY)


def greys(numbers: list[int]) -> Floats:
    """A picture in the greys that an address can hold, with some ink."""
    image = np.array(numbers, np.float32).reshape(SIZE, SIZE) / np.float32(GREYS)
    image[0, 0] = 1
    return image.astype(np.float32)


pictures = st.lists(st.integers(0, GREYS), min_size=SIZE**2, max_size=SIZE**2).map(greys)
digits = st.one_of(
    st.just(EMPTY),
    st.sampled_from(load_presets()).map(lambda preset: Shelf().example(preset.id)),
    st.integers(0, 12).map(Shelf().mnist),
    st.tuples(strokes, st.integers(1, 40)).map(lambda drawn: Shelf().drawing(*drawn)),
    pictures.map(Shelf().picture),
)


comparisons = st.builds(
    Comparison,
    st.builds(
        lambda parts, turns, at, amounts: Perturbation(tuple(zip(parts, turns, strict=True)), hidden_at=at, **amounts),
        st.permutations(range(4)),
        st.tuples(*[st.integers(0, 3)] * 4),
        st.tuples(*[st.integers(0, SHARES).map(lambda share: share / SHARES)] * 2),
        st.fixed_dictionaries({name: st.sampled_from(amounts) for name, amounts in AMOUNTS.items()}),
    ),
    st.sampled_from(KINDS),
    st.booleans(),
    st.none() | st.lists(st.sampled_from(["drawn", "cnn-mnist", "small-3"]), unique=True).map(tuple),
)


def maybe(most: int, least: int = 0) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(least, most)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    session = Session(Digits(draw(digits)))
    session.use(BOUNDS.name, BOUNDS.digest)
    session.look_at(
        focus=draw(maybe(CLASSES - 1)),
        rival=draw(maybe(CLASSES - 1)),
        meant=draw(maybe(CLASSES - 1)),
        followed=draw(maybe(PRIMARY - 1)),
    )
    session.choose(iterations=draw(maybe(MOST_ITERATIONS, 1)), step=draw(maybe(MOST_ITERATIONS, 1)))
    session.set_up(
        stage=draw(st.none() | st.integers(0, 5)),
        lesson=draw(st.integers(0, LESSON_STEPS - 1)),
        present=draw(st.booleans()),
        code=draw(st.none() | st.sampled_from(["routing", "model", "losses"])),
        comparison=draw(comparisons),
    )
    if draw(st.booleans()):
        steps = draw(st.lists(st.integers(-300, 300), min_size=POSE, max_size=POSE))
        pose = tuple(round(step * STEP, 3) for step in steps)
        session.poses.turn(session.pose_set(draw(st.integers(0, CLASSES - 1)), pose))
    return session


def seen(session: Session) -> dict[str, object]:
    """What a session shows, to be compared."""
    digit, newest = session.digit, session.poses.newest_of(session.digit, session.digest)
    return {
        "network": (session.network, session.digest, session.language),
        "origin": digit.origin,
        "drawing": digit.drawing and str(digit.drawing),
        "image": None if digit.image is None else digit.image.tobytes(),
        "look": session.look,
        "choices": session.choices,
        "page": session.page,
        "pose": newest and (newest.capsule, newest.pose),
    }


@given(sessions())
@settings(max_examples=300)
def test_what_is_shared_is_opened(session: Session) -> None:
    link = shared(session)
    again = open_link(link)
    assert again.notices == []
    assert shared(again) == link
    drawn_in_steps = isinstance(session.digit.origin, Drawing)  # long strokes get points between
    if not drawn_in_steps:
        assert seen(again) == seen(session)
    else:
        assert {k: v for k, v in seen(again).items() if k != "drawing"} == {
            k: v for k, v in seen(session).items() if k != "drawing"
        }


values = st.one_of(
    st.text(max_size=40),
    st.integers(-(10**12), 10**12).map(str),
    st.text(alphabet="0123456789.-emsp", max_size=40),
    st.sampled_from(["e.", "m.", "s.", "p.", "-", "s.eNoTYmTgYQhg"]).flatmap(
        lambda head: st.text(max_size=40).map(head.__add__)
    ),
    st.sampled_from(["\0", "9" * 5000, "e.school-4" * 900, "m.१२", "²", "null", "../../etc", "<script>", "%00"]),
)


@given(st.dictionaries(st.sampled_from([field.name for field in FIELDS]) | st.text(max_size=9), values, max_size=12))
@settings(max_examples=2000)
def test_nothing_that_strangers_write_raises(parameters: dict[str, str]) -> None:
    session = open_link(parameters)
    assert session.look.focus is None or session.look.focus < CLASSES
    assert session.look.followed is None or session.look.followed < PRIMARY
    assert session.choices.iterations is None or 1 <= session.choices.iterations <= MOST_ITERATIONS
    assert open_link(shared(session)).notices == []


@given(sessions(), st.integers(0, 2000))
@settings(max_examples=200)
def test_a_link_cut_short_anywhere_opens(session: Session, at: int) -> None:
    text = urlencode(shared(session))[:at]
    pairs = [pair.partition("=")[::2] for pair in text.split("&")]
    open_link(dict(pairs))


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_a_link_to_an_ordinary_drawing_is_short(preset: Preset) -> None:
    session = Session(Digits(Shelf().drawing(preset.strokes, preset.width)))
    session.use("drawn", "0" * 64)
    session.look_at(focus=4, rival=9, meant=9, followed=1151)
    session.choose(iterations=10, step=10)
    session.poses.turn(session.pose_set(4, (-0.995,) * 16))
    assert len(f"http://192.168.100.100:8501/routing?{urlencode(shared(session))}") <= 2000


def test_a_drawing_too_wild_for_strokes_is_shared_as_its_pixels() -> None:
    random = np.random.default_rng(1)
    scribble = tuple((float(x), float(y)) for x, y in random.integers(0, 280, (9000, 2)))
    image = greys(list(random.integers(0, GREYS + 1, SIZE**2)))
    session = Session(Digits(Digit(Drawing(), image, stroke_drawing((scribble,), 18))))
    again = open_link(shared(session))
    assert again.digit.origin == Upload("")
    assert again.digit.image is not None
    np.testing.assert_array_equal(again.digit.image, image)


def test_an_uploaded_picture_is_shared_without_its_name() -> None:
    session = Session(Digits(Digit(Upload("my-face.png"), greys([3] * SIZE**2))))
    link = shared(session)
    assert "my-face" not in urlencode(link)
    assert open_link(link).digit.origin == Upload("")


@pytest.mark.parametrize("blank", list(Blank))
def test_nothing_is_shared_as_nothing(blank: Blank) -> None:
    session = Session(Digits(Digit(blank, None, {"objects": []})))
    assert open_link(shared(session)).digit.origin is Blank.EMPTY


def test_each_field_that_is_not_understood_is_named_once_and_the_others_hold() -> None:
    session = open_link({"focus": "7", "rival": "3", "iterations": "0", "digit": "e.nobody", "other": "1"})
    (notice,) = session.notices
    assert (notice.key, notice.values) == ("link.broken", {"fields": "digit, iterations, focus"})
    assert session.look.rival == 3
    assert session.digit is EMPTY


def test_a_link_from_before_opens_without_a_word() -> None:
    session = open_link({"question": "agree", "focus": "1"})
    assert session.notices == []
    assert session.look.focus == 1


def test_a_link_to_other_weights_says_so() -> None:
    assert [n.key for n in open_link({"network": "small-network-01234567"}).notices] == []
    assert [n.key for n in open_link({"network": "small-network-ffffffff"}).notices] == ["link.other_weights"]
    (notice,) = open_link({"network": "nobody-ffffffff"}).notices
    assert (notice.key, notice.values) == ("link.unknown_network", {"name": "nobody", "used": "small-network"})


def test_a_pose_of_another_network_s_size_is_no_pose() -> None:
    session = open_link({"pose": "3.1.2.3"})
    assert session.notices
    assert session.pose(3) is None


def test_pictures_of_another_size_are_refused() -> None:
    session = Session(Digits(Digit(Upload(""), np.ones((SIZE + 1, SIZE + 1), np.float32))))
    assert [notice.values for notice in open_link(shared(session)).notices if notice.key == "link.broken"] == [
        {"fields": "digit"}
    ]


def test_fields_have_names_of_their_own_and_a_longest_value() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert open_link({"digit": "a" * (LONGEST_VALUE + 1)}).notices
