"""The four steps of a digit capsule as LaTeX, with one primary capsule's own numbers put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def text(name: str) -> str:
    r"""A class's name within a formula, where each of its characters stands for itself."""
    replaced = {
        "\\": r"\textbackslash ",
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
        **{mark: rf"\{mark}" for mark in "_%$#&{}"},
    }
    return r"\text{" + "".join(replaced.get(character, character) for character in name) + "}"


def transform(name: str, seen: float, vote: float, **_: Any) -> tuple[str, ...]:
    """A capsule's pose becomes its vote (equation 2)."""
    return (
        r"\hat u_{j|i} = W_{ij}\, u_i",
        rf"|u_i| = {seen:.2f}",
        rf"|\hat u_{{{text(name)}|i}}| = {vote:.2f}",
    )


def weigh(
    name: str, old: float, added: float, logit: float, coupling: float, inverse_temperature: float, **_: Any
) -> tuple[str, ...]:
    """Logits become couplings (equation 3), sharper where the network has an inverse temperature beta above 1."""
    beta = "" if inverse_temperature == 1 else r"\beta "
    softmax = rf"c_{{ij}} = \tfrac{{e^{{{beta}b_{{ij}}}}}}{{\sum_k e^{{{beta}b_{{ik}}}}}}"
    if beta:
        softmax += rf",\ \beta = {inverse_temperature:g}"
    return rf"\small b = {old:.2f} {added:+.2f} = {logit:.2f}", softmax, rf"c_{{i\,{text(name)}}} = {coupling:.3f}"


def weighted_sum(name: str, total: float, **_: Any) -> tuple[str, ...]:
    """All votes, each by its coupling (equation 2)."""
    return r"s_j = \sum_i c_{ij}\, \hat u_{j|i}", rf"|s_{{{text(name)}}}| = {total:.2f}"


def squash(name: str, length: float, **_: Any) -> tuple[str, ...]:
    """The sum becomes a pose no longer than 1 (equation 1)."""
    return (
        r"v_j = \tfrac{|s_j|^2}{1+|s_j|^2} \tfrac{s_j}{|s_j|}",
        rf"|v_{{{text(name)}}}| = {length:.2f}",
    )


STEPS: dict[str, Callable[..., tuple[str, ...]]] = {
    "transform": transform,
    "weigh": weigh,
    "sum": weighted_sum,
    "squash": squash,
}
"""In the order in which they are taken; by the names that words have for them."""
