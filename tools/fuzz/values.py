"""What strangers send: values of JSON that nobody expects, and what is right but for a few places."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, MutableMapping, MutableSequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

WORDS = (
    "",
    "\0",
    "\ud800",
    "a" * 5000,
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "[x](javascript:alert(1)) ![x](http://example.org/x.png)",
    "$\\href{javascript:alert(1)}{x}$",
    ":red[x] :material/home: **x** `x` | x |",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "\u202egnp.exe\u202c\u2066",
    "a\r\nb\tc\u2028d\x1b[31m",
    "%{customdata} {0} {name} {{}} %s",
    "../../../../etc/passwd",
    "NaN",
    "9" * 400,
    "1e400",
    "__class__",
)
"""Such as mean something elsewhere."""
NUMBERS = (
    math.nan, math.inf, -math.inf, -0.0, 1e308, -1e308, 5e-324, 0.5, -1, 0, 1, 2**31, 2**53, -(2**63), 10**30, 10**400,
)  # fmt: skip
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-20, 2000), st.floats(), st.sampled_from(NUMBERS), st.sampled_from(WORDS),
    st.text(max_size=12),
)  # fmt: skip
large = st.one_of(
    st.integers(10, 900).map(lambda depth: _nested(depth)),
    st.integers(100, 20_000).map(lambda count: [0] * count),
    st.integers(100, 3000).map(lambda count: {str(key): key for key in range(count)}),
)
"""Deep or long."""
anything: SearchStrategy[Any] = st.one_of(
    scalars,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
        max_leaves=8,
    ),
    scalars,
    large,
)


def altered(right: Any, most: int = 3) -> SearchStrategy[Any]:
    """A right value of JSON in which up to so many places hold something else, or are gone or twice there."""
    return st.one_of(st.just(right), _altered(right, most), _altered(right, most), anything)


@st.composite
def _altered(draw: DrawFn, right: Any, most: int) -> Any:
    value = copy.deepcopy(right)
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, most)))):
        places = list(_places(value))
        if not places:
            return draw(anything)
        holder, key = draw(st.sampled_from(places))
        act = draw(st.sampled_from(("other", "other", "other", "gone", "added")))
        if act == "other":
            holder[key] = draw(st.one_of(_like(holder[key]), anything))
        elif act == "gone":
            del holder[key]
        elif isinstance(holder, MutableSequence):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[draw(st.text(max_size=8))] = draw(anything)
    return value


def _like(value: Any) -> SearchStrategy[Any]:
    """Something of the same kind: what comes further in than what nobody expects."""
    if isinstance(value, int | float):
        return st.one_of(st.integers(-3, 30), st.floats(-1, 2), st.sampled_from(NUMBERS))
    if isinstance(value, str):
        return st.one_of(st.sampled_from(WORDS), st.text(max_size=30))
    return st.just([]) if isinstance(value, MutableSequence) else st.just({})


def _places(value: Any, most: int = 400) -> Iterator[tuple[Any, Any]]:
    """Where something stands: what holds it, and its key or index; the outermost first."""
    waiting, count = [value], 0
    while waiting and count < most:
        holder = waiting.pop(0)
        if isinstance(holder, MutableMapping):
            keys: list[Any] = list(holder)
        elif isinstance(holder, MutableSequence):
            keys = list(range(min(len(holder), 20)))
        else:
            continue
        for key in keys:
            count += 1
            yield holder, key
            waiting.append(holder[key])


def _nested(depth: int) -> Any:
    value: Any = 0
    for number in range(depth):
        value = [value] if number % 2 else {"a": value}
    return value


@st.composite
def damaged(draw: DrawFn, files: list[bytes]) -> bytes:
    """A file of these with some bytes changed, cut out, cut off, doubled, or put in from elsewhere."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(0, 6))):
        if not data:
            break
        near = draw(st.booleans())  # most of what is read first stands at the beginning
        place = draw(st.integers(0, min(len(data), 200 if near else len(data)) - 1))
        act = draw(st.sampled_from(("change", "change", "change", "cut", "end", "double", "put")))
        if act == "change":
            data[place] = draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFF)) | st.integers(0, 255))
        elif act == "cut":
            del data[place : place + draw(st.integers(1, 40))]
        elif act == "end":
            del data[place:]
        elif act == "double":
            data[place:place] = data[place : place + draw(st.integers(1, 60))]
        else:
            data[place:place] = draw(st.binary(max_size=20))
    return bytes(data)
