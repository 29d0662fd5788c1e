"""What was measured on test sets, shipped as small files of data: `README.md` names the command that makes each.

A file that is missing or broken is no error: the explorer then has nothing to show, and says so.
"""

from __future__ import annotations

from explorer.measured.files import (
    Angle,
    Cost,
    Count,
    FewDigits,
    Fit,
    Made,
    Measured,
    Robustness,
    angle,
    cost,
    few_digits,
    robustness,
)
from explorer.measured.proportions import difference, wilson

__all__ = [
    "Angle",
    "Cost",
    "Count",
    "FewDigits",
    "Fit",
    "Made",
    "Measured",
    "Robustness",
    "angle",
    "cost",
    "difference",
    "few_digits",
    "robustness",
    "wilson",
]
