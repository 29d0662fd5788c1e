"""Trains the bars in a process of its own: python bars_process.py OUT COUNT [batch N | write N | stop N].

It kills itself without warning in the N-th batch, or half way through the N-th file that it writes; or it is told to
end in the N-th batch, twice.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from torch import Tensor

from capsnet import architectures
from capsnet.losses import total_loss
from capsnet.training import learner
from tests.capsnet.runs import train_bars

calls = count(1)


def main(out: str, pictures: str, event: str = "", number: str = "0") -> None:
    """Trains, and dies where it is told to."""

    def batch(*arguments: object) -> Tensor:
        if next(calls) == int(number):
            for _ in range(2 if event == "stop" else 1):
                os.kill(os.getpid(), signal.SIGTERM if event == "stop" else signal.SIGKILL)
        return total_loss(*arguments)  # type: ignore[arg-type]

    def write(path: Path, data: bytes) -> int:
        with path.open("wb") as handle:
            if next(calls) == int(number):
                handle.write(data[: len(data) // 2])
                handle.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            return handle.write(data)

    if event in ("batch", "stop"):
        setattr(architectures, "total_loss", batch)  # noqa: B010 - for a type checker it stays what it was
    if event == "write":
        setattr(Path, "write_bytes", write)  # noqa: B010
    setattr(learner, "has_bfloat16", lambda _device: False)  # noqa: B010 - so that shares of a batch add up closely
    train_bars(Path(out), count=int(pictures))


if __name__ == "__main__":
    main(*sys.argv[1:])
