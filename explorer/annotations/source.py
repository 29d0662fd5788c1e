"""The network's own lines, read from its modules, so that what is shown is what runs."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from pygments.lexers.python import PythonLexer
from pygments.token import Token, _TokenType

Source = Callable[..., Any] | type | ModuleType
"""What has lines: a function, a class, a whole module."""
KINDS = (
    (Token.Literal.String.Doc, "doc"),
    (Token.Literal.String, "string"),
    (Token.Literal.Number, "number"),
    (Token.Comment, "comment"),
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Name.Function, "name"),
    (Token.Name.Class, "name"),
)
"""Pygments' kinds of tokens, the first that fits, by the names that the style sheet has for them."""


@dataclass(frozen=True)
class Line:
    """One line of a file."""

    number: int
    """In the file, from 1."""
    tokens: tuple[tuple[str, str], ...]
    """Kind ("" for what has no colour of its own) and text, which joined are the line."""

    @property
    def text(self) -> str:
        """The line, without its end."""
        return "".join(text for _, text in self.tokens)


@cache
def lines_of(source: Source) -> tuple[Line, ...]:
    """All lines of a module, class or function, as they stand in its file."""
    if inspect.ismodule(source):
        return _coloured(source)
    lines, first = inspect.getsourcelines(source)
    return _coloured(_module(source))[first - 1 : first - 1 + len(lines)]


@cache
def docstring_of(source: Source) -> range:
    """The numbers of the lines that the docstring of a class or function takes; none where it has none."""
    lines = lines_of(source)
    indent = min(len(line.text) - len(line.text.lstrip()) for line in lines if line.text)
    definition = ast.parse("\n".join(line.text[indent:] for line in lines)).body[0]
    if not isinstance(definition, ast.FunctionDef | ast.ClassDef) or ast.get_docstring(definition) is None:
        return range(0)
    docstring = definition.body[0]
    start = lines[0].number - 1
    return range(start + docstring.lineno, start + (docstring.end_lineno or docstring.lineno) + 1)


def anchored(source: Source, anchor: str) -> int:
    """The number of the one line of a source, its docstring left aside, that holds a fragment of code.

    Raises:
        ValueError: none does, or several: the source was changed, and what is said of the line must be, too.
    """
    docstring = docstring_of(source)
    found = [line.number for line in lines_of(source) if anchor in line.text and line.number not in docstring]
    if len(found) != 1:
        raise ValueError(f"expected {anchor!r} on one line of {getattr(source, '__qualname__', source)}; got {found}")
    return found[0]


def _module(source: Source) -> ModuleType:
    module = inspect.getmodule(source)
    if module is None:
        raise ValueError(f"{source} is of no module")
    return module


@cache
def _coloured(module: ModuleType) -> tuple[Line, ...]:
    rows: list[list[tuple[str, str]]] = [[]]
    for token, text in PythonLexer(stripnl=False).get_tokens(inspect.getsource(module)):
        for part in text.splitlines(keepends=True):
            if content := part.removesuffix("\n"):
                rows[-1].append((_kind(token), content))
            if part.endswith("\n"):
                rows.append([])
    return tuple(Line(number, tuple(row)) for number, row in enumerate(rows[:-1], 1))


def _kind(token: _TokenType) -> str:
    return next((name for kind, name in KINDS if token in kind), "")
