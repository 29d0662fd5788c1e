"""What processes have taken of the machine; on Linux."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu(processes: Sequence[int]) -> float:
    """Seconds that processes have computed so far, all together."""
    return sum(_cpu(process) for process in processes)


def memory(processes: Sequence[int]) -> float:
    """Megabytes that processes hold in memory (RSS), all together."""
    return sum(_memory(process) for process in processes)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
