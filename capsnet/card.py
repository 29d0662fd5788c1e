"""The model card: what is known of a checkpoint's weights, kept in the same file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from capsnet.agreement import Agreement
from capsnet.architectures import Table, architecture
from capsnet.config import CapsNetConfig


@dataclass(frozen=True)
class DoubtThresholds:
    """When a reading of a capsule network should not be believed; the defaults were fitted to the shipped weights.

    Raises:
        ValueError: a threshold is out of its range.
    """

    length: float = 0.65
    """No capsule longer than this, 0..1: the network sees none of its classes."""
    lead: float = 0.2
    """The two longest capsules differ by less than this, 0..1: the network can't decide."""
    misfit: float = 0.45
    """The reconstruction's squared difference, as a share of the squared ink, is above this: the network would draw it
    quite differently."""

    def __post_init__(self) -> None:
        for name in ("length", "lead"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"the doubt's {name} must lie in 0 to 1, as lengths do; got {getattr(self, name)}")
        if not 0 < self.misfit < math.inf:
            raise ValueError(f"the doubt's misfit must be above 0; got {self.misfit}")


@dataclass(frozen=True)
class Card:
    """What is known of a checkpoint's weights."""

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
