"""An evaluation kept beside the weights it is of, so that it can be shown where the test set is not at hand.

`python -m capsnet evaluate --save` writes `NAME.evaluation.json` beside `NAME.safetensors`: a JSON object with

- `format`: "capsnet-evaluation-1";
- `digest`: `Checkpoint.digest` of the weights that were evaluated; with any other weights the file says nothing;
- `dataset`, `data_md5`: name and `Dataset.md5` of the pictures that were read;
- `classes`: their names, J of them;
- `confusion`: pictures of class (row) read as class (column), [J][J];
- `hardest`: objects with `position` (in the data set, from 0), `label`, `read` (indices of classes) and `margin` (score
  of the right class less the highest other one), hardest first: all that were misread, but at least 60 and at
  most 500.

Weights and card stay as they are: a file of 16 MB need not be written again for a few numbers.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from capsnet.checkpoint import Checkpoint
from capsnet.data import Dataset
from capsnet.evaluation import Evaluation, HardPicture
from capsnet.stored import replacing

FORMAT = "capsnet-evaluation-1"
LEAST_KEPT, MOST_KEPT = 60, 500
"""Of the hardest pictures; between these, as many as were misread."""
MOST_PICTURES = 10**9
"""Of a data set."""
LARGEST_FILE = 1_000_000
"""Bytes; anything larger was not written here."""


@dataclass(frozen=True)
class SavedEvaluation:
    """How some weights read a data set, as the module says.

    Raises:
        ValueError: numbers are out of range, or do not fit together.
    """

    digest: str
    dataset: str
    data_md5: str
    classes: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    hardest: tuple[HardPicture, ...]

    def __post_init__(self) -> None:
        count = len(self.classes)
        if len(self.confusion) != count or any(len(row) != count for row in self.confusion):
            raise ValueError(f"confusion must be [{count}][{count}], a row and a column a class")
        if not all(_is_count(number) for row in self.confusion for number in row) or not self.count:
            raise ValueError("confusion must hold counts of pictures, and some")
        for hard in self.hardest:
            numbers = (hard.position, hard.label, hard.read)
            below = (self.count, count, count)
            if not all(_is_count(number) and number < most for number, most in zip(numbers, below, strict=True)):
                raise ValueError(f"a hard picture has a position and two classes of the data; got {hard}")
            if not isinstance(hard.margin, int | float) or not math.isfinite(hard.margin):
                raise ValueError(f"a margin is a number; got {hard.margin}")

    @property
    def count(self) -> int:
        """Pictures that were read."""
        return sum(map(sum, self.confusion))

    @property
    def misread(self) -> int:
        """Pictures that were read wrongly."""
        return self.count - sum(row[label] for label, row in enumerate(self.confusion))


def evaluation_path(checkpoint: Path) -> Path:
    """Where the evaluation of a checkpoint's weights is kept."""
    return checkpoint.with_suffix(".evaluation.json")


def save_evaluation(file: Path, checkpoint: Checkpoint, data: Dataset, result: Evaluation) -> Path:
    """Keeps an evaluation beside the checkpoint in `file`, in place of an older one; returns where."""
    kept = SavedEvaluation(
        checkpoint.digest,
        data.name,
        data.md5,
        data.classes,
        tuple(map(tuple, result.confusion.tolist())),
        result.hardest[: max(LEAST_KEPT, result.count - int(result.confusion.trace()))],
    )
    values = {**asdict(kept), "hardest": [{**hard._asdict(), "margin": round(hard.margin, 4)} for hard in kept.hardest]}
    path = evaluation_path(file)
    with replacing(path) as temporary:
        temporary.write_text(json.dumps({"format": FORMAT} | values) + "\n", encoding="utf-8")
    return path


def saved_evaluation(file: Path, checkpoint: Checkpoint) -> SavedEvaluation | None:
    """The evaluation kept beside the checkpoint in `file`.

    None: there is none, it is of other weights or classes, or it is damaged. Only a page's pictures hang on it, and
    `evaluate --save` makes it anew.
    """
    path = evaluation_path(file)
    try:
        if path.stat().st_size > LARGEST_FILE:
            return None
        values = json.loads(path.read_text(encoding="utf-8"))
        found = _parsed(values)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    fits = found.digest == checkpoint.digest and found.classes == checkpoint.card.config.classes
    return found if fits else None


def _parsed(values: Any) -> SavedEvaluation:
    if values["format"] != FORMAT:
        raise ValueError(f"expected the format {FORMAT!r}; got {values['format']!r}")
    return SavedEvaluation(
        digest=str(values["digest"]),
        dataset=str(values["dataset"]),
        data_md5=str(values["data_md5"]),
        classes=tuple(map(str, values["classes"])),
        confusion=tuple(map(tuple, values["confusion"])),
        hardest=tuple(HardPicture(**hard) for hard in values["hardest"]),
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_PICTURES
