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
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "components").rglob("*.js"))


def test_every_text_that_is_said_exists() -> None:
    said = set(re.findall(r"""say\(\s*["']([a-z_]+\.[a-z_]+)["']""", CODE))
    assert said
    assert said <= KNOWN


def test_every_text_that_a_component_uses_exists() -> None:
    used = set(re.findall(r"words\.([a-z_]+)", SCRIPTS))
    assert used
    assert used <= set(WORDS["pose_lab"])


def test_every_text_is_said_somewhere() -> None:
    by_doubt = {"panel.short", "panel.close", "panel.far"}  # named by the doubt's own value
    in_browser = {f"pose_lab.{name}" for name in WORDS["pose_lab"]}
    families = re.findall(r"""f["']([a-z_]+\.[a-z]+_)\{""", CODE)  # such as f"closer.ask_{question}"
    unsaid = {
        key for key in KNOWN if not re.search(rf"""["']{key}["']""", CODE) and not key.startswith(tuple(families))
    }
    assert unsaid <= by_doubt | in_browser


def test_every_text_of_a_component_is_used_by_it() -> None:
    def used(name: str) -> bool:
        parts = {name, name.split("_")[-1]}  # such as `legend_${name}` for each name of a list
        return f"words.{name}" in SCRIPTS or any(f'"{part}"' in CODE + SCRIPTS for part in parts)

    assert [name for name in WORDS["pose_lab"] if not used(name)] == []


def test_placeholders_are_filled_in() -> None:
    assert say("overview.reconstruction", name="4") == "what capsule 4 draws"
    with pytest.raises(KeyError):
        say("overview.reconstruction")
