"""The door of links: parameters of an address, whoever wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from capsnet import checkpoint
from capsnet.ink import MNIST_FRAME
from explorer.digit_library import DigitLibrary, example_digit
from explorer.presets import load_presets
from explorer.session import Session, address
from explorer.session.address import FIELDS, Bounds
from explorer.session.digit_text import digit_text
from explorer.session.strokes import deflated, packed
from explorer.views.frame.panel import _put
from tools.fuzz.door import Door
from tools.fuzz.values import WORDS

LONGEST_LINK = 12_000
"""Characters of the address of any session: all of it but names of networks to be compared is short."""
RIGHT = {
    "network": ("drawn-", "drawn-00000000", "mnist-4cfe93cc"),
    "lang": ("en", "zh", "ja"),
    "digit": ("-", "e.cursive-4", "m.3", "p.x"),
    "vary": ("rotation", "parts", "noise"),
    "change": ("rotation_35~scale_0.8", "hidden_4", "noise_nan", "rotation_1e309"),
    "square": ("20.80", "0.100", "1.2.3"),
    "quarters": ("10.00.20.30", "10.00.20", "33.33.33.33"),
    "beside": ("cnn-mnist~mnist", "a~" * 30),
    "pose": ("3." + "0." * 15 + "0", "3." + "2000." * 15 + "-2000"),
    "code": ("routing", "model", "../routing"),
}
numbers = st.integers(-3, 2000).map(str) | st.sampled_from(("9" * 12, "-0", "1.5", "\u00b2", "0x1", " 1", "1_0"))


@cache
def bounds() -> Bounds:
    """Of the network that is shipped first."""
    read = checkpoint.read(checkpoint.SHIPPED / "drawn.safetensors")
    config = read.card.config
    sizes = (config.digit_capsules, config.primary_capsules, config.digit_pose, config.image_size)
    return Bounds("drawn", read.digest, *sizes)


@st.composite
def strokes(draw: DrawFn) -> str:
    """Strokes as addresses hold them, also such as nobody drew."""
    width, count = draw(st.integers(0, 255)), draw(st.integers(0, 4))
    data = bytearray([width, count])
    for _ in range(count + draw(st.sampled_from((0, 0, 0, 1)))):
        points = draw(st.integers(0, 12) | st.sampled_from((300, 5000, 65535)))
        data += points.to_bytes(2, "big") + draw(st.binary(min_size=4, max_size=4))
        data += draw(st.binary(min_size=2, max_size=8)) * (points // 2) if points < 100 else bytes(2 * points)
    return f"s.{deflated(bytes(data))}"


@st.composite
def parameters(draw: DrawFn) -> dict[str, str]:
    """Parameters of the fields that there are."""
    presets = [f"s.{packed(preset.strokes, preset.width)}" for preset in load_presets()[:5]]
    found = {}
    for name in draw(st.lists(st.sampled_from([field.name for field in FIELDS]), max_size=8, unique=True)):
        right = list(RIGHT.get(name, ("0", "1", "5")))
        kinds = [st.sampled_from(right + presets if name == "digit" else right), numbers, st.sampled_from(WORDS)]
        kinds += [st.text(max_size=30), strokes() if name == "digit" else st.text("0123456789.~_-", max_size=60)]
        kinds += [st.binary(max_size=500).map(lambda data: f"p.{deflated(data)}")] if name == "digit" else []
        text = draw(st.one_of(kinds))
        place = draw(st.integers(0, len(text)))
        found[name] = draw(st.sampled_from((text, text, text[:place], text[place:] + text)))
    return found


def enter(given: Mapping[str, str]) -> str:
    """Opens a link: every session that comes of it can be shown and shared."""
    session = opened(given)
    check(session)
    broken = [notice for notice in session.notices if notice.key == "link.broken"]
    return f"refused {broken[0].values['fields']}" if broken else "accepted"


def opened(given: Mapping[str, str]) -> Session:
    """A session at an address."""
    return address.opened(given, bounds(), DigitLibrary(MNIST_FRAME), example_digit(load_presets()[0]))


def check(session: Session) -> None:
    """What holds for all sessions, whatever was sent to them."""
    link = urlencode(address.shared(session))
    assert len(link) <= LONGEST_LINK, f"a link of {len(link)} characters"
    found: Any = session.digit.image
    assert found is None or (found.shape == (28, 28) and np.isfinite(found).all() and found.min() >= 0)
    assert found is None or found.max() <= 1
    digit_text(session.digit)
    _put(session)
    most, look = bounds(), session.look
    assert all(value is None or 0 <= value < most.classes for value in (look.focus, look.rival, look.meant))
    assert look.followed is None or 0 <= look.followed < most.primary


DOORS = (Door("links", parameters(), enter),)
