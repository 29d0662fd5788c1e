"""The door of names: of classes, networks and files, in all that is made with them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import asdict, replace
from functools import cache
from html import unescape
from html.parser import HTMLParser

import numpy as np
import torch
from hypothesis import strategies as st

from capsnet import CapsNet
from capsnet.card import DoubtThresholds
from capsnet.fields import is_hidden, require_classes
from explorer import captions
from explorer.components.by_hand import Looked as ByHand
from explorer.components.by_hand import part
from explorer.components.race import Looked, routed
from explorer.exports.csv import couplings_csv
from explorer.exports.gif import routing_gif
from explorer.exports.html import routing_html
from explorer.exports.npz import reading_npz
from explorer.figures.base import plain
from explorer.measures import over_iterations
from explorer.palette import LIGHT
from explorer.reading import CapsuleReading, read
from explorer.session import Upload
from explorer.text import Say, languages
from explorer.text.say import MARKS, escaped
from explorer.views.origin import origin_text
from tools.fuzz.door import Door
from tools.fuzz.files import SMALL
from tools.fuzz.values import WORDS

SEVENTH, FIFTIETH = 7, 50
"""Pages and pictures, which take long, are made with one name in so many."""
LEFT = re.compile(r"&#\d+;")


class Tags(HTMLParser):
    """Counts the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """As the library calls it."""
        self.found[tag] += 1


@cache
def reading() -> CapsuleReading:
    """Of a random picture, by a small network."""
    torch.manual_seed(7)
    return read(CapsNet(SMALL).eval(), np.random.default_rng(3).random((13, 13), dtype=np.float32), 2)


def page(shown: CapsuleReading, say: Say) -> Counter[str]:
    """The tags of a page to take home."""
    looked = Looked(0, 1, 2)
    race = routed(shown) | {"words": say.section("race_words") | {"honest": ""}, "look": asdict(looked)}
    hand = part(shown, ByHand(1, 0, 1, 2)) | {"words": say.section("by_hand")}
    tags = Tags()
    tags.feed(routing_html({"race": race, "by_hand": hand}, shown.classes[0], say).decode())
    return tags.found


@cache
def own_page(language: str) -> Counter[str]:
    """The same with harmless names."""
    return page(reading(), Say(language))


def enter(given: tuple[str, str, int]) -> str:
    """A name of a stranger: it is shown as it is, or refused."""
    name, language, chance = given
    say = Say(language)
    _in_words(name, say)
    try:
        require_classes((name, "coat", "bag"))
    except ValueError:
        return "refused"
    shown = replace(reading(), classes=(name, "coat", "bag"))
    header = next(csv.reader(io.StringIO(couplings_csv(shown, say).decode("utf-8-sig"))))
    assert not any(
        cell.strip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) for cell in header
    )
    for words in (captions.race_headline(shown, DoubtThresholds(), say), captions.moved_sentence(shown, say)):
        words.encode()
    if chance % SEVENTH == 0:
        assert page(shown, say) == own_page(language)
        np.load(io.BytesIO(reading_npz(shown, say)), allow_pickle=False)
    if chance % FIFTIETH == 0:
        maps = over_iterations.coupling_maps(shown)
        routing_gif(shown, maps, over_iterations.coupling_colour_limit(maps), say, LIGHT)
    return f"accepted {language}"


def _in_words(name: str, say: Say) -> None:
    """Names in Markdown, in figures and of files."""
    said = escaped(name)
    assert not set(LEFT.sub("", said)) & MARKS
    assert unescape(said).replace("\r", "") == unescape(escaped(unescape(said))).replace("\r", "")
    for text in (said, say.markdown("origin.upload", name=name), origin_text(say, Upload(name))):
        text.encode()
        assert not any(is_hidden(letter) for letter in text if letter not in "\r\n\t")
    drawn = plain(name)
    assert "<" not in drawn
    assert "%{" not in drawn
    assert "$" not in drawn


names = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=40),
    st.text("<>&;\"'=+-@%{}$[]()*_`|#:!/\\ab \n", max_size=30),
    st.tuples(st.sampled_from("=+-@ \uff1d"), st.text(max_size=20)).map("".join),
)
DOORS = (Door("names", st.tuples(names, st.sampled_from(languages()), st.integers(0, 999)), enter),)
