"""Code of the network on a page: a function or class, or a whole file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from explorer import captions
from explorer.annotations import ANNOTATED, FILES, Annotation, Line, Looked, annotations_of, docstring_of, lines_of
from explorer.components.annotated_code import Note, annotated_code
from explorer.views.routing.selection import selected
from explorer.views.visit import Visit


def excerpt(visit: Visit, name: str) -> None:
    """One function or class, each annotated line with its formula and live numbers; long docstrings are left out.

    Args:
        visit: of a page whose network is a capsule network.
        name: in `explorer.annotations.ANNOTATED`.
    """
    part = ANNOTATED[name]
    docstring = docstring_of(part.source)
    if len(docstring) == 1:
        docstring = range(0)
    lines: list[Line | None] = [line for line in lines_of(part.source) if line.number not in docstring]
    if docstring:
        lines.insert(docstring.start - lines_of(part.source)[0].number, None)
    _show(visit, lines, part.by_number, key=f"code-{name.replace('.', '-')}")


def whole(visit: Visit, file: str) -> None:
    """A whole file, one of `explorer.annotations.FILES`."""
    _show(visit, lines_of(FILES[file]), annotations_of(file), key=f"code-{file}", whole=True)


def _show(
    visit: Visit,
    lines: Sequence[Line | None],
    annotations: Mapping[int, Annotation],
    *,
    key: str,
    whole: bool = False,
) -> None:
    reading, session = visit.capsules, visit.session
    selection = selected(session, reading)
    annotated_code(
        reading,
        Looked(selection.iteration, selection.digit, selection.rival, selection.primary),
        lines,
        [_note(visit, line, annotation, selection.primary) for line, annotation in sorted(annotations.items())],
        visit.say.section("code_words"),
        visit.palette,
        stepped=lambda iteration: session.choose(step=iteration),
        whole=whole,
        key=key,
    )


def _note(visit: Visit, line: int, annotation: Annotation, primary: int) -> Note:
    say, (kind, number) = visit.say, annotation.paper
    paper = say(f"code.paper_{kind}", number=number) if kind else ""
    place = captions.primary_name(visit.capsules, primary, say)
    return Note(
        line,
        annotation,
        say(f"code.{annotation.name}"),
        paper,
        say("code.followed", place=place) if annotation.of_one else "",
        lambda values: re.sub(r"-(?=\d)", "\N{MINUS SIGN}", say(f"code.{annotation.name}_now", **values)),
    )
