"""Arrays on their way to components."""

from __future__ import annotations

import base64

from explorer.arrays import Floats


def packed(numbers: Floats) -> str:
    """An array of any shape as 32-bit floats, the last axis innermost, in base64; `shared/numbers.js` reads it."""
    return base64.b64encode(numbers.astype("<f4").tobytes()).decode()
