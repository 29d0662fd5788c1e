from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import explorer
from explorer.text import say

ROOT = Path(explorer.__file__).parent
WORDS = tomllib.loads((ROOT / "text" / "en.toml").read_text(encoding="utf-8"))
KNOWN = {f"{section}.{name}" for section, words in WORDS.items() for name in words}
CODE = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.rglob("*.py"))


def test_every_text_that_is_said_exists() -> None:
    said = set(re.findall(r"""say\(\s*["']([a-z_]+\.[a-z_]+)["']""", CODE))
    assert said
    assert said <= KNOWN


def test_every_text_is_said_somewhere() -> None:
    by_doubt = {"panel.short", "panel.close"}  # named by the doubt's own value
    assert {key for key in KNOWN if not re.search(rf"""["']{key}["']""", CODE)} <= by_doubt


def test_placeholders_are_filled_in() -> None:
    assert say("overview.reconstruction", name="4") == "what capsule 4 draws"
    with pytest.raises(KeyError):
        say("overview.reconstruction")
