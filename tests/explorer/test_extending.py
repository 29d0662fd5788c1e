"""What CONTRIBUTING.md promises: a page is a file, a line and a section of words; a language is a file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import explorer
from explorer.text import glossary
from tests.capsnet.samples import environment

SOURCE = Path(explorer.__file__).parent
PAGE = '''"""Says hello."""

from __future__ import annotations

import streamlit as st

from explorer.views.visit import Visit


def render(visit: Visit) -> None:
    """A greeting to the digit."""
    winner = visit.reading.classes[int(visit.reading.scores.argmax())]
    st.markdown(visit.say.markdown("hello.greeting", name=winner))
'''
LINE = '    Page("hello", "waving_hand", hello.render),\n'
WORDS = """
[hello]
title = "Hello"
help = "Greets the digit."
empty = "Then it is greeted here."
greeting = "Hello, {name}!"
"""
VISIT = """
import sys
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

file, page, language = sys.argv[1:]
sys.argv = [file]
app = AppTest.from_file(file, default_timeout=60)
app._page_hash = calc_hash(page)  # AppTest knows pages by their files, and ours are functions
app.query_params["lang"] = language
app.run()
assert not app.exception, app.exception
for element in [*app.markdown, *app.caption, *app.button, *app.get("page_link"), *app.get("bidi_component")]:
    print(getattr(element, "value", None), "|", getattr(element, "label", ""), "|", getattr(element, "proto", ""))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the explorer, to be extended."""
    shutil.copytree(SOURCE, tmp_path / "explorer", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "explorer"


def visit(copy: Path, page: str, language: str = "en") -> str:
    """All that stands on a page of the copy."""
    command = [sys.executable, "-c", VISIT, str(copy / "run.py"), page, language]
    paths = environment()
    paths["PYTHONPATH"] = f"{copy.parent}:{paths['PYTHONPATH']}"
    done = subprocess.run(command, env=paths, cwd=copy.parent, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_page_is_one_file_one_line_and_one_section_of_words(copy: Path) -> None:
    (copy / "views" / "hello.py").write_text(PAGE)
    table, words = copy / "views" / "pages.py", copy / "text" / "en.toml"
    lines = table.read_text().replace(
        "from explorer.views.overview", "from explorer.views import hello\nfrom explorer.views.overview"
    )
    table.write_text(lines.replace("PAGES = (\n", "PAGES = (\n" + LINE))
    words.write_text(words.read_text() + WORDS)
    assert "Hello, 4!" in visit(copy, "hello")
    assert 'label: "Hello"' in visit(copy, "")  # in the navigation of phones, too


def test_a_language_is_one_file(copy: Path) -> None:
    english = (copy / "text" / "en.toml").read_text()
    section = english.index("[panel]")
    made_up = english[:section] + english[section:].replace("Input: {size}", "What it is given: {size}", 1)
    assert tomllib.loads(made_up)["panel"]["normalised"].startswith("What it is given")
    (copy / "text" / "xx.toml").write_text(made_up)
    made_up_page, english_page = (visit(copy, "routing", language) for language in ("xx", "en"))
    assert "What it is given" in made_up_page
    assert "What it is given" not in english_page
    assert re.search(r"\btag\W+xx\b", made_up_page), "the browser is told the language"
    assert glossary("xx")["vote"].meaning in made_up_page  # in English, as long as it has none of its own
