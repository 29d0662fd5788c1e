"""The model card: what is known of a checkpoint's weights, kept in the same file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from capsnet.agreement import Agreement
from capsnet.architectures import Table, architecture
from capsnet.config import CapsNetConfig
from capsnet.recipe import Recipe

IN_HISTORY = ("epoch", "loss", "learning_rate", "test_accuracy", "images_per_second")
"""What the history says of an epoch."""
MOST_EPOCHS = 10_000
LARGEST = 1e12
"""No number of a card is larger, above 0 or below."""
FURTHEST = 100
"""No number of a pose's mean or deviation is: poses are no longer than 1."""
LONGEST_WORD, LONGEST_TEXT = 200, 20_000
"""Letters of a version, and of a command."""


@dataclass(frozen=True)
class DoubtThresholds:
    """When a network's reading should not be believed; the defaults were fitted to the paper's network.

    A convolutional network's scores are probabilities, and it draws nothing that could be far from the picture.

    Raises:
        ValueError: a threshold is out of its range.
    """

    length: float = 0.65
    """No capsule longer than this, no score above it, 0..1: the network sees none of its classes."""
    lead: float = 0.2
    """The two longest capsules, the two highest scores, differ by less than this, 0..1: the network can't decide."""
    misfit: float = 0.45
    """Of capsule networks: the reconstruction's squared difference, as a share of the squared ink, is above this: the
    network would draw it quite differently."""

    def __post_init__(self) -> None:
        for name in ("length", "lead"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"the doubt's {name} must lie in 0 to 1, as lengths do; got {getattr(self, name)}")
        if not 0 < self.misfit < math.inf:
            raise ValueError(f"the doubt's misfit must be above 0; got {self.misfit}")


@dataclass(frozen=True)
class Card:
    """What is known of a checkpoint's weights.

    Raises:
        ValueError: what the explorer shows of it is missing, or not what the fields below say.
    """

    config: CapsNetConfig
    """The network's config; of another type where the architecture is another."""
    recipe: Mapping[str, Any]
    """How the weights were trained: the fields of `recipe.Recipe`, the command, the kind of machine."""
    history: tuple[Mapping[str, Any], ...]
    """One entry an epoch: loss, learning rate, test accuracy, images per second."""
    data_md5: str
    """`Dataset.md5` of what the weights were trained on."""
    versions: Mapping[str, str]
    """Versions of Python and of the libraries that took part."""
    test_accuracy: float
    """Share of the test set (of the pictures held out, if the recipe holds any out) that exactly these weights read
    rightly after the last epoch, 0..1."""
    pose_mean: Table = ()
    """Of capsule networks: mean pose of capsule j over the training pictures of class j, [J, D]."""
    pose_std: Table = ()
    """Standard deviation of the same, [J, D]."""
    architecture: str = "capsnet"
    """What kind of network it is, see `architectures.ARCHITECTURES`; cards that don't say are of capsule networks."""
    doubt: DoubtThresholds = DoubtThresholds()
    """When the explorer should doubt what the network says; cards that don't say have the defaults."""
    agreement: Agreement | None = None
    """Of capsule networks: measures of agreement over the first pictures of what `test_accuracy` is of; None: nobody
    measured them."""

    def __post_init__(self) -> None:
        if not isinstance(self.recipe, Mapping) or not isinstance(self.versions, Mapping):
            raise ValueError("recipe and versions must have names")
        _check_recipe(self.recipe)
        for text in (self.data_md5, *self.versions.values()):
            if not _is_text(text, LONGEST_WORD):
                raise ValueError(f"data_md5 and versions must be words of at most {LONGEST_WORD} letters")
        if not _is_number(self.test_accuracy) or not 0 <= self.test_accuracy <= 1:
            raise ValueError(f"test_accuracy must lie in 0 to 1; got {self.test_accuracy}")
        if len(self.history) > MOST_EPOCHS:
            raise ValueError(f"the history must have at most {MOST_EPOCHS} epochs; got {len(self.history)}")
        for entry in self.history:
            if not isinstance(entry, Mapping) or not all(_is_said(entry, name) for name in IN_HISTORY):
                raise ValueError(f"the history must have the numbers {', '.join(IN_HISTORY)} of each epoch")
            if not _is_number(entry.get("seconds", 0)):
                raise ValueError("the history's seconds must be numbers")
        if isinstance(self.config, CapsNetConfig):
            shape = (self.config.digit_capsules, self.config.digit_pose)
            for table in (self.pose_mean, self.pose_std):
                if len(table) != shape[0] or any(len(row) != shape[1] for row in table):
                    raise ValueError(f"pose_mean and pose_std must be {list(shape)}, a row a class")
                if not all(_is_number(number) and abs(number) <= FURTHEST for row in table for number in row):
                    raise ValueError(f"pose_mean and pose_std must be numbers of at most {FURTHEST}")

    def to_json(self) -> str:
        """The card as it stands in the file's metadata."""
        return json.dumps({**asdict(self), "config": self.config.to_dict()}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Card:
        """The inverse of `to_json`.

        Raises:
            UnknownArchitectureError: the network is of an architecture that is not known here.
            ValueError, TypeError, KeyError: the text is no card.
        """
        values = json.loads(text)
        if not isinstance(values, dict):
            raise ValueError(f"a card is an object with fields; got {text[:20]!r}")
        values["config"] = architecture(values.get("architecture", cls.architecture)).config.from_dict(values["config"])
        values["history"] = tuple(values["history"])
        for name in ("pose_mean", "pose_std"):
            values[name] = tuple(map(tuple, values.get(name, ())))
        values["doubt"] = DoubtThresholds(**values.get("doubt", {}))
        if measured := values.get("agreement"):
            values["agreement"] = Agreement.from_dict(measured)
        return cls(**values)


def _check_recipe(recipe: Mapping[str, Any]) -> None:
    """Whether what is known of a recipe is of its type; other fields, as of later versions, are nobody's.

    Raises:
        ValueError: it is not.
    """
    kinds = {field.name: str(field.type) for field in fields(Recipe)} | dict.fromkeys(("command", "device"), "str")
    for name, kind in kinds.items():
        value = recipe.get(name, "" if kind == "str" else 0)
        if not (_is_text(value, LONGEST_TEXT) if kind == "str" else _is_number(value) and value >= 0):
            raise ValueError(f"the recipe's {name} must be {'words' if kind == 'str' else 'a number'}")
        if kind == "int" and not isinstance(value, int):
            raise ValueError(f"the recipe's {name} must be a whole number")


def _is_text(value: object, most: int) -> bool:
    """Whether it is text that can be shown: without halves of characters, too."""
    return isinstance(value, str) and len(value) <= most and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= LARGEST


def _is_said(entry: Mapping[str, Any], name: str) -> bool:
    """Whether an epoch says a number; the loss may be none, where training failed."""
    value = entry.get(name)
    return _is_number(value) or (name == "loss" and isinstance(value, float))
