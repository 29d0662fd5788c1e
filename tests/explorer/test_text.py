"""Words: every text that is said exists with the values it needs, every text is said, and nothing is said elsewhere."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

import explorer
from explorer.text import DEFAULT, OWN_SCRIPT, Say, font_faces, glossary, language_for, languages, tag, words
from explorer.text.say import MARKS, escaped

ROOT = Path(explorer.__file__).parent
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOT.rglob("*.py"))}
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "components").rglob("*.js"))
TEXTS = {f"{section}.{name}": text for section, texts in words(DEFAULT).items() for name, text in texts.items()}
IN_BROWSER = ("code_words", "pose_lab", "live", "anatomy", "race_words", "by_hand", "strokes", "turn", "compare_words")
"""The sections that a component gets whole."""


class Saying(NamedTuple):
    """A place in the code where something is said."""

    where: str
    key: str
    """Of a text; where a part of it is worked out, what stands before that part."""
    whole: bool
    values: frozenset[str] | None
    """Names of the values given; None where they are not all spelt out."""


def sayings() -> Iterator[Saying]:
    for file, tree in TREES.items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and call.args and is_say(call.func):
                where = f"{file.relative_to(ROOT)}:{call.lineno}"
                names = [keyword.arg for keyword in call.keywords]
                values = None if None in names else frozenset(name for name in names if name)
                yield from (Saying(where, key, whole, values) for key, whole in keys(call.args[0]))


def is_say(function: ast.expr) -> bool:
    """`say(...)`, `visit.say(...)`, `say.markdown(...)`, `session.notify(...)`."""
    if isinstance(function, ast.Call):  # Say(language)(...)
        return getattr(function.func, "id", "") == "Say"
    if isinstance(function, ast.Attribute) and function.attr in ("markdown", "notify"):
        return function.attr == "notify" or is_say(function.value)
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "say"


def keys(argument: ast.expr) -> Iterator[tuple[str, bool]]:
    match argument:
        case ast.Constant(str(key)):
            yield key, True
        case ast.JoinedStr([ast.Constant(str(start)), *_]):
            yield start, False
        case ast.IfExp(body=one, orelse=other):
            yield from keys(one)
            yield from keys(other)


SAYINGS = list(sayings())


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def test_there_is_something_to_check() -> None:
    assert len(SAYINGS) > 100
    assert len(TEXTS) > 200


@pytest.mark.parametrize("saying", [found for found in SAYINGS if found.whole], ids=lambda found: found.where)
def test_every_text_that_is_said_exists_with_its_values(saying: Saying) -> None:
    assert saying.key in TEXTS
    if saying.values is not None:
        assert placeholders(TEXTS[saying.key]) == saying.values


def test_every_text_is_said_somewhere() -> None:
    whole = {saying.key for saying in SAYINGS if saying.whole}
    families = tuple(saying.key for saying in SAYINGS if not saying.whole and saying.key)
    strings = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    page = re.compile(r"^[a-z]+\.(title|help|empty)$")  # of each page of the table
    unsaid = [
        key for key in TEXTS if key not in whole | strings and not key.startswith(families) and not page.match(key)
    ]
    assert [key for key in unsaid if key.partition(".")[0] not in IN_BROWSER] == []


def test_every_text_of_a_component_is_used_by_it() -> None:
    used = set(re.findall(r"words\.([a-z_]+)", SCRIPTS)) | set(re.findall(r'"([a-z_]+)"', SCRIPTS))  # as in words[name]
    families = set(re.findall(r"words\[`([a-z_]+_)\$\{", SCRIPTS))
    texts = [name for section in IN_BROWSER for name in words(DEFAULT)[section]]
    assert [name for name in texts if name not in used and not name.startswith(tuple(families))] == []


DISPLAYS = (
    "markdown",
    "write",
    "caption",
    "text",
    "header",
    "subheader",
    "title",
    "button",
    "info",
    "warning",
    "error",
    "success",
)


def test_nothing_is_said_outside_of_the_words() -> None:
    """No display of Streamlit's is given words in the code; marks of Markdown around others are no words."""
    found = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file, tree in TREES.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in DISPLAYS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "st"
        and call.args
        and any(
            isinstance(part, ast.Constant) and re.search(r"[A-Za-z]{3}", str(part.value))
            for part in (call.args[0].values if isinstance(call.args[0], ast.JoinedStr) else [call.args[0]])
        )
    ]
    assert found == []


@pytest.mark.parametrize("language", languages())
class TestLanguage:
    """What holds of every language."""

    def test_it_has_all_texts_and_no_others(self, language: str) -> None:
        found = {f"{section}.{name}" for section, texts in words(language).items() for name in texts}
        assert sorted(found ^ TEXTS.keys()) == []

    def test_texts_are_written_out_with_the_same_values(self, language: str) -> None:
        for key, english in TEXTS.items():
            section, name = key.split(".")
            text = words(language)[section][name]
            assert text.strip(), key
            assert placeholders(text) == placeholders(english), key

    def test_what_is_meant_to_stand_out_does(self, language: str) -> None:
        """Markdown leaves * and ** unread between punctuation inside and a letter outside, where no space stands."""
        texts = [text for name, found in words(language).items() if name not in IN_BROWSER for text in found.values()]
        marked = [re.split(r"\*+", re.sub(r"\{[^}]*\}", "4", text)) for text in texts if "*" in text]
        assert len(marked) > 5
        edges = [(one, other, n % 2) for parts in marked for n, (one, other) in enumerate(pairwise(parts))]
        lost = {0: (r"\w$", r"^[^\w\s]"), 1: (r"[^\w\s]$", r"^\w")}  # where it begins, and where it ends
        assert [edge for edge in edges if all(map(re.search, lost[edge[2]], edge[:2]))] == []

    def test_no_formula_stands_among_the_words(self, language: str) -> None:
        assert [
            text for texts in words(language).values() for text in texts.values() if re.search(r"\\[a-z]+", text)
        ] == []


def test_no_text_knows_how_many_numbers_a_pose_has() -> None:
    assert [key for key, text in TEXTS.items() if "16" in text] == []


@pytest.mark.parametrize("language", ["en", "zh", "ja", *languages()])
def test_the_glossary_has_every_term_in_every_language(language: str) -> None:
    entries, english = glossary(language), glossary(DEFAULT)
    assert len(entries) == 30
    assert len({entry.term for entry in entries.values()}) == 30
    assert all(entry.term.strip() and re.search(r"[.。]$", entry.meaning) for entry in entries.values())
    assert language == DEFAULT or not {entry.meaning for entry in entries.values()} & {
        entry.meaning for entry in english.values()
    }


def test_a_language_without_terms_of_its_own_has_english_ones() -> None:
    assert glossary("xx") == glossary(DEFAULT)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh-TW", "zh"), ("zh", "zh"), ("zh_Hant", "zh"), ("ja-JP", "ja"), ("de-CH", "en"), (None, "en")],
)
def test_the_browser_chooses_the_language(locale: str | None, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.text.locale.languages", lambda: ("en", "ja", "zh"))
    assert language_for(locale) == language


def test_languages_are_tagged_and_have_the_fonts_of_their_script() -> None:
    assert [tag(language) for language in ("en", "ja", "zh")] == ["en", "ja", "zh-Hans"]
    assert font_faces("en") == ""
    chinese, japanese = font_faces("zh"), font_faces("ja")
    for faces, first, other in ((chinese, "Noto Sans SC", "Noto Sans JP"), (japanese, "Noto Sans JP", "Noto Sans SC")):
        assert faces.count(f'font-family: "{OWN_SCRIPT}"') == 2  # regular and bold
        assert faces.index("local(") == faces.index(f'local("{first}")')
        assert f'"{other}"' not in faces
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert f'"{OWN_SCRIPT}"' in theme["font"]


def test_placeholders_are_filled_in() -> None:
    say = Say()
    assert say("live.meter", name="4") == "Length of capsule 4"
    with pytest.raises(KeyError):
        say("live.meter")
    with pytest.raises(KeyError):
        say("overview.no_such_text")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"language must be one of en.*; got 'tlh'"):
        Say("tlh")


def test_values_stay_text_in_markdown() -> None:
    say = Say()
    assert say.markdown("live.meter", name="**b** $x$ <i> :red[a] [l](u)") == (
        "Length of capsule " + escaped("**b** $x$ <i> :red[a] [l](u)")
    )
    assert not MARKS & set(re.sub(r"&#\d+;", "", escaped("".join(MARKS) + "class 1")))
    assert escaped("Ärmel 7") == "Ärmel 7"
    assert say.markdown("header.accuracy", accuracy=99.5) == say("header.accuracy", accuracy=99.5)
