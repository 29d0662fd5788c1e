"""The paper's equations as MathML, in its letters; vectors are bold. Made here alone, of nothing a person writes."""

from __future__ import annotations


def name(letter: str) -> str:
    """A number, an index or a set."""
    return f"<mi>{letter}</mi>"


def vector(letter: str) -> str:
    """A vector or a matrix."""
    return f'<mi class="vector">{letter}</mi>'


def number(value: str) -> str:
    """A number that is written out."""
    return f"<mn>{value}</mn>"


def sign(*signs: str) -> str:
    """Signs and brackets."""
    return "".join(f'<mo stretchy="false">{each}</mo>' for each in signs)


def row(*parts: str) -> str:
    """Parts that stand in a row as one."""
    return f"<mrow>{''.join(parts)}</mrow>"


def indexed(base: str, indices: str) -> str:
    """With indices, one letter each; a bar among them is a sign."""
    letters = (sign(each) if each == "|" else name(each) for each in indices)
    return f"<msub>{base}{row(*letters)}</msub>"


def squared(*parts: str) -> str:
    """To the power of 2."""
    return f"<msup>{row(*parts)}{number('2')}</msup>"


def over(above: str, below: str) -> str:
    """A fraction."""
    return f"<mfrac>{row(above)}{row(below)}</mfrac>"


def length(*parts: str) -> str:
    """The length of a vector: bars on either side."""
    return row(sign("|"), *parts, sign("|"))


def total(index: str, *parts: str) -> str:
    """A sum over an index."""
    return row(f"<munder>{sign('∑')}{name(index)}</munder>", *parts)


def called(function: str, *parts: str) -> str:
    """A named function of something."""
    return row(f'<mi mathvariant="normal">{function}</mi>', sign("("), *parts, sign(")"))


def math(*parts: str) -> str:
    """The whole equation."""
    return f'<math display="block">{row(*parts)}</math>'


U_HAT = f'<mover accent="true">{vector("u")}{sign("^")}</mover>'
VOTE, WEIGHT = indexed(U_HAT, "j|i"), indexed(vector("W"), "ij")
B, C, A = (indexed(name(letter), "ij") for letter in "bca")
U, S, V = indexed(vector("u"), "i"), indexed(vector("s"), "j"), indexed(vector("v"), "j")
V_K, T_K = indexed(vector("v"), "k"), indexed(name("T"), "k")
PLUS, MINUS = f"<msup>{name('m')}{sign('+')}</msup>", f"<msup>{name('m')}{sign('&minus;')}</msup>"
EQUALS, PLUS_SIGN, MINUS_SIGN, DOT, BECOMES, COMMA = (sign(each) for each in ("=", "+", "&minus;", "·", "←", ","))
OPEN, CLOSE = sign("("), sign(")")
ERROR = row(squared(OPEN, name("x"), MINUS_SIGN, f"<mover>{name('x')}{sign('^')}</mover>", CLOSE))

START = math(B, BECOMES, number("0"))
REPEAT = math(name("r"), EQUALS, number("1"), COMMA, sign("…", ","), name("R"))
COUPLINGS = math(C, EQUALS, over(called("exp", B), total("k", called("exp", indexed(name("b"), "ik")))))
SUMS = math(S, EQUALS, total("i", C, VOTE))
LENGTH = math(length(S), EQUALS, f"<msqrt>{total('d', squared(indexed(name('s'), 'jd')))}</msqrt>")
POSES = math(V, EQUALS, called("squash", S))
SQUASH = math(V, EQUALS, over(squared(length(S)), row(number("1"), PLUS_SIGN, squared(length(S)))), over(S, length(S)))
AGREEMENTS = math(A, EQUALS, VOTE, DOT, V)
UPDATE = math(B, BECOMES, B, PLUS_SIGN, VOTE, DOT, V)

MAPS = math(vector("s"), EQUALS, vector("K"), sign("&lowast;"), vector("F"))  # kernels over features
CAPSULES = math(name("I"), EQUALS, name("C"), sign("&times;"), name("H"), sign("&times;"), name("W"))
CAPSULE = math(U, EQUALS, called("squash", indexed(vector("s"), "i")))
MATRIX = math(WEIGHT, sign("∈"), f"<msup>{name('&reals;')}{row(name('D'), sign('&times;'), name('P'))}</msup>")
VOTES = math(VOTE, EQUALS, WEIGHT, U)
PRESENCE = math(length(V))
CHOSEN = math(f"<munder>{name('argmax')}{name('j')}</munder>", length(V))
MASKED = math(V, DOT, indexed(number("1"), "j"))
PIXEL = math(
    called("&sigma;", name("z")),
    EQUALS,
    over(number("1"), row(number("1"), PLUS_SIGN, called("exp", MINUS_SIGN, name("z")))),
)

_MISSED = row(T_K, squared(called("max", number("0"), COMMA, PLUS, MINUS_SIGN, length(V_K))))
_IMAGINED = row(
    name("λ"),
    OPEN,
    number("1"),
    MINUS_SIGN,
    T_K,
    CLOSE,
    squared(called("max", number("0"), COMMA, length(V_K), MINUS_SIGN, MINUS)),
)
MISSED, IMAGINED = math(_MISSED), math(_IMAGINED)
MARGIN = math(name("L"), EQUALS, total("k", indexed(name("L"), "k")))
RECONSTRUCTION = math(total("x", ERROR))
TOTAL = math(name("L"), PLUS_SIGN, number("0.0005"), total("x", ERROR))
AGREEMENT_LOSS = math(
    over(
        row(total("i", length(U), OPEN, MINUS_SIGN, called("log", indexed(name("c"), "iy")), CLOSE)),
        row(called("log", name("J")), total("i", length(U))),
    )
)
LONG_VOTES = math(total("ij", squared(called("max", number("0"), COMMA, length(VOTE), MINUS_SIGN, number("1")))))
