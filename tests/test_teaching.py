"""The teacher's sheet: its links lead to what they name, and it says what the network of the app answers."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from explorer.lesson.steps import STEPS
from explorer.presets import load_presets
from explorer.session.address import FIELDS
from explorer.text import Say
from explorer.views.pages import PAGES

SHEET = Path(__file__).parents[1] / "docs" / "teaching.md"
LINKS = re.findall(r"\[([^\]]+)\]\((http://localhost:8501/[^)]*)\)", SHEET.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "link"), LINKS, ids=[link.partition("8501/")[2] for _, link in LINKS])
def test_a_link_names_a_page_a_step_and_an_example(words: str, link: str) -> None:
    address, say = urlsplit(link), Say()
    assert address.path.strip("/") in {page.name for page in PAGES}
    asked = dict(parse_qsl(address.query, strict_parsing=True))
    assert asked.keys() <= {field.name for field in FIELDS}
    kind, _, example = asked["digit"].partition(".")
    assert kind == "e"
    assert example in {preset.id for preset in load_presets()}
    if address.path == "/learn":
        title = say(f"learn_{STEPS[int(asked.get('lesson', 1)) - 1].name}.title")
        assert words.startswith(("The same", title.partition(":")[0]))


def test_the_sheet_has_all_steps() -> None:
    assert {int(number) for number in re.findall(r"lesson=(\d+)", " ".join(link for _, link in LINKS))} == set(
        range(2, len(STEPS) + 1)
    )
