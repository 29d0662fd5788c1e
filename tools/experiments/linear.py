"""Ridge regression in closed form, its penalty chosen on groups that were left out, and principal axes.

Numbers are centred and share one scale, the root of their mean variance: each on its own scale, a feature that is
hardly ever there would count as much as any other, and predict wildly where it is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
PENALTIES = tuple(10.0**power for power in range(-5, 3))
"""Of the squared weights of scaled numbers, a row."""


class Fit(NamedTuple):
    """A linear prediction of one value."""

    mean: Values  # of each number [F]
    weights: Values  # of the centred numbers [F]
    offset: float  # the mean of what is predicted

    def predict(self, numbers: Values) -> Values:
        """Values [N] from numbers [N, F]."""
        found: Values = (numbers - self.mean) @ self.weights + self.offset
        return found


def ridge(numbers: Values, values: Values, penalty: float) -> Fit:
    """The least squares fit with a penalty on squared weights: (Z'Z + penalty N I)^-1 Z'y.

    Args:
        numbers: [N, F].
        values: [N].
        penalty: above 0.
    """
    mean, offset = numbers.mean(axis=0), float(values.mean())
    scale = float(np.sqrt(numbers.var(axis=0).mean())) or 1.0
    scaled = (numbers - mean) / scale
    gram = scaled.T @ scaled + penalty * len(numbers) * np.eye(numbers.shape[1])
    weights: Values = np.linalg.solve(gram, scaled.T @ (values - offset)) / scale
    return Fit(mean, weights, offset)


def chosen_ridge(numbers: Values, values: Values, groups: NDArray[np.int64]) -> Fit:
    """A fit with the penalty that does best on every second group, fitted on the others.

    Args:
        numbers: [N, F].
        values: [N].
        groups: what must not be parted, such as the digit that each row is of, [N].
    """
    _, order = np.unique(groups, return_inverse=True)
    left_out = order % 2 == 1
    errors = [
        np.abs(ridge(numbers[~left_out], values[~left_out], penalty).predict(numbers[left_out]) - values[left_out])
        for penalty in PENALTIES
    ]
    return ridge(numbers, values, PENALTIES[int(np.argmin([error.mean() for error in errors]))])


def components(numbers: Values, count: int) -> Values:
    """The first principal axes of numbers [N, F] about their mean, [F, count]."""
    _, axes = np.linalg.eigh(np.cov(numbers.T))  # from the least variance to the most
    found: Values = axes[:, ::-1][:, :count]
    return found
