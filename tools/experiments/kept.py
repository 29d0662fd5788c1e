"""What experiments keep: a JSON file that names its command and its machine, and grows measurement by measurement."""

from __future__ import annotations

import datetime
import json
import os
import platform
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from capsnet.stored import replacing

MEASURED = Path(__file__).resolve().parents[2] / "explorer" / "measured"
"""Where the files lie that the explorer shows."""


class Kept:
    """A file of measurements that a run adds to: what a kill leaves is whole, and is not measured again."""

    def __init__(self, file: Path | None, format_name: str, settings: dict[str, Any], entries: str) -> None:
        """Reads what is there.

        Args:
            file: None: nothing is kept.
            format_name: of the file.
            settings: what must be the same for measurements to stand in one file.
            entries: the name of the list of measurements.

        Raises:
            ValueError: the file holds something else, or measurements with other settings.
        """
        self.file, self.entries = file, entries
        self.content: dict[str, Any] = {"format": format_name, "made": {"seconds": 0.0}, **settings, entries: []}
        if file and file.exists():
            content = json.loads(file.read_text(encoding="utf-8"))
            other = [name for name in settings if content.get(name) != json.loads(json.dumps(settings[name]))]
            if content.get("format") != format_name or other:
                what = f"other {', '.join(other)}" if other else f"no {format_name}"
                raise ValueError(f"{file} holds {what}: name another file with --save, or take it away")
            self.content = content

    @property
    def found(self) -> list[dict[str, Any]]:
        """All measurements so far."""
        entries: list[dict[str, Any]] = self.content[self.entries]
        return entries

    def has(self, **named: object) -> bool:
        """Whether there is a measurement with these values."""
        return any(all(entry.get(name) == value for name, value in named.items()) for entry in self.found)

    def measure(self, what: dict[str, Any], how: Callable[[], dict[str, Any]], replaces: tuple[str, ...] = ()) -> None:
        """Measures and writes the file at once; entries with the same values under `replaces` make way."""
        begun = time.perf_counter()
        entry = {**what, **how()}
        seconds = time.perf_counter() - begun
        if replaces:
            named = [tuple(one[name] for name in replaces) for one in (entry, *self.found)]
            self.content[self.entries] = [
                one for one, own in zip(self.found, named[1:], strict=True) if own != named[0]
            ]
        self.add(entry, seconds)

    def add(self, entry: dict[str, Any], seconds: float) -> None:
        """Writes the file with one more measurement, which took so long."""
        self.content[self.entries] = [*self.found, {**entry, "seconds": round(seconds, 1)}]
        self.content["made"] = {
            "command": command(),
            "machine": machine(),
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "seconds": round(sum(one["seconds"] for one in self.found), 1),
        }
        self.write()

    def write(self) -> None:
        """A line for each measurement, so that changes can be read."""
        if self.file is None:
            return
        head = {name: value for name, value in self.content.items() if name != self.entries}
        lines = ",\n".join("  " + json.dumps(entry) for entry in self.found)
        text = json.dumps(head, indent=1)[:-2] + f',\n "{self.entries}": [\n{lines}\n ]\n}}\n'
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(self.file) as temporary:
            temporary.write_text(text, encoding="utf-8")


def command() -> str:
    """What was typed; files outside of the working folder by their names alone."""
    module = getattr(sys.modules["__main__"], "__spec__", None)
    program = f"python -m {module.name}" if module else "python"
    return f"{program} {shlex.join(map(_said, sys.argv[1:]))}".strip()


def _said(argument: str) -> str:
    path = Path(argument)
    if not path.is_absolute():
        return argument
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.name


def machine() -> str:
    """Processor and number of its cores, as far as the system says."""
    name = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        models = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        name = models[0].partition(":")[2].strip() if models else name
    return f"{name}, {os.cpu_count()} cores"
