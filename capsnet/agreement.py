"""How much routing by agreement is at work in a network, measured over a data set.

Letters as in `routing.py`. The contribution of primary capsule i to the winner w, the longest digit capsule, is
e_i = c_iw u_hat_w|i . v_w / |v_w|, after the last iteration; over all i, these sum to |s_w|.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from capsnet.data import Dataset, to_float
from capsnet.evaluation import BATCH, check_data, eval_mode
from capsnet.model import CapsNet
from capsnet.routing import RoutingTrace, coupling_entropy, lengths, routing_steps

MOVED_AT_LEAST = 0.1
"""A primary capsule has moved when routing took this share of its output elsewhere, or more."""
COUNT = 1000
"""Pictures that are measured where nothing else is asked for."""
MOST_SAID, LARGEST = 1000, 1e12
"""Accuracies that are kept, and the largest of all measures."""
LEFT_OUT = (1, 5, 20)
"""So many of the strongest capsules are left out to see whether the answer stands."""


@dataclass(frozen=True)
class Agreement:
    """Measures of agreement; means over pictures where nothing else is said, shares in 0..1.

    Raises:
        ValueError: one is no number, or below 0.
    """

    count: int
    """Pictures that were measured."""
    moved: float
    """Share of primary capsules that moved: half the sum over j of |c_ij - 1/J| is at least `MOVED_AT_LEAST`."""
    entropy: float
    """Entropy of the last couplings, 1 where all are equal; capsules weigh as much as their votes are long."""
    effective_mean: float
    """Effective number of capsules behind the winner: (sum e)^2 / sum e^2 over positive contributions."""
    effective_median: float
    """The same, the median over pictures."""
    strongest: float
    """Share of the winner's |s| that the strongest capsule brings."""
    winner_resultant: float
    """|s_j| / sum_i c_ij |u_hat_j|i| of the winner: 1 where all votes point the same way."""
    runner_up_resultant: float
    """The same of the second longest capsule."""
    accuracy_after: tuple[float, ...]
    """Share of pictures correct after each iteration, [R]."""
    accuracy_without: Mapping[int, float]
    """Share read rightly when the votes of the k strongest capsules are zero and all is routed again, by k."""
    changed: float
    """Share of pictures whose answer after the last iteration is another than after the first."""
    changed_to_right: float
    """Share of pictures that were read wrongly after the first iteration and rightly after the last."""
    changed_to_wrong: float
    """The contrary."""

    def __post_init__(self) -> None:
        given = vars(self)
        after, without = given["accuracy_after"], given["accuracy_without"]
        numbers = [value for name, value in given.items() if name not in ("accuracy_after", "accuracy_without")]
        if len(after) > MOST_SAID or len(without) > MOST_SAID:
            raise ValueError(f"there are at most {MOST_SAID} accuracies; got {len(after)} and {len(without)}")
        for number in (*numbers, *after, *without, *without.values()):
            if not isinstance(number, int | float) or not 0 <= number <= LARGEST:
                raise ValueError(f"measures of agreement are numbers of 0 to {LARGEST:g}")

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Agreement:
        """The inverse of `dataclasses.asdict`, also where JSON made text of numbers and lists of tuples.

        Raises:
            TypeError, ValueError, KeyError: the values are not those of an agreement.
        """
        without = {int(number): share for number, share in values["accuracy_without"].items()}
        return cls(**{**values, "accuracy_after": tuple(values["accuracy_after"]), "accuracy_without": without})


def measure_agreement(model: CapsNet, data: Dataset, count: int = COUNT, iterations: int | None = None) -> Agreement:
    """Agreement in the network's reading of the first `count` pictures.

    Args:
        model: the network, left in the mode that it is in.
        data: pictures of its classes.
        count: at least 1; fewer where there are fewer pictures.
        iterations: routing iterations; None: as many as in training.

    Raises:
        ValueError: count is less than 1, the data's classes or size are not the network's, or there is `NOTHING` in
            some of the pictures.
    """
    if count < 1:
        raise ValueError(f"agreement is measured over at least 1 picture; got {count}")
    data = data.take(torch.arange(min(count, len(data))))
    check_data(model, data)
    batches = []
    with eval_mode(model), torch.no_grad():
        device = model.digit_capsules.transforms.device
        for images, labels in zip(data.images.split(BATCH), data.labels.split(BATCH), strict=True):
            trace = model.trace(to_float(images.to(device)), iterations)
            batches.append(_of_pictures(trace, labels.to(device), model.config.inverse_temperature))
    values = {name: torch.cat([batch[name] for batch in batches]).cpu().double() for name in batches[0]}
    means: dict[str, Any] = {name: value.mean(dim=0).tolist() for name, value in values.items()}
    return Agreement(
        count=len(data),
        moved=means["moved"],
        entropy=means["entropy"],
        effective_mean=means["effective"],
        effective_median=float(values["effective"].median()),
        strongest=means["strongest"],
        winner_resultant=means["resultants"][0],
        runner_up_resultant=means["resultants"][1],
        accuracy_after=tuple(means["right"]),
        accuracy_without=dict(zip(LEFT_OUT, means["right_without"], strict=True)),
        changed=means["changed"],
        changed_to_right=float((values["right"][:, -1] > values["right"][:, 0]).double().mean()),
        changed_to_wrong=float((values["right"][:, -1] < values["right"][:, 0]).double().mean()),
    )


def contributions(trace: RoutingTrace) -> Tensor:
    """e_i, what each primary capsule brings to the length of the winner's sum, [B, I]."""
    batch = torch.arange(trace.votes.shape[0], device=trace.votes.device)
    winner = trace.lengths[-1].argmax(dim=-1)  # [B]
    direction = torch.nn.functional.normalize(trace.poses[-1, batch, winner], dim=-1)  # v_w / |v_w| [B, D]
    along = torch.einsum("bid,bd->bi", trace.votes[batch, :, winner], direction)  # [B, I]
    return trace.couplings[-1, batch, :, winner] * along


def moved(couplings: Tensor) -> Tensor:
    """Which primary capsules routing took a good share of their output elsewhere, bool [B, I], from c_ij [B, I, J]."""
    return (couplings - 1 / couplings.shape[-1]).abs().sum(dim=-1) / 2 >= MOVED_AT_LEAST


def effective_number(contributions: Tensor) -> Tensor:
    """How many equal contributions the positive ones amount to: (sum e)^2 / sum e^2, [B] from [B, I]; 0 for none."""
    positive = contributions.clamp(min=0)
    return positive.sum(dim=1).square() / positive.square().sum(dim=1).clamp(min=1e-30)


def resultants(trace: RoutingTrace) -> Tensor:
    """|s_j| / sum_i c_ij |u_hat_j|i| after the last iteration, 0..1, [B, J]: how far the votes point the same way."""
    possible = torch.einsum("bij,bij->bj", trace.couplings[-1], lengths(trace.votes))  # [B, J]
    return lengths(trace.sums[-1]) / possible.clamp(min=1e-12)


def _of_pictures(trace: RoutingTrace, labels: Tensor, inverse_temperature: float) -> dict[str, Tensor]:
    """All measures of each picture; the first axis is B."""
    weights, brought = lengths(trace.votes).sum(dim=-1), contributions(trace)  # [B, I]
    entropy = coupling_entropy(trace.couplings[-1])  # [B, I]
    answers = trace.lengths.argmax(dim=-1).T  # [B, R]
    two = trace.lengths[-1].topk(2, dim=-1).indices  # [B, 2]
    return {
        "moved": moved(trace.couplings[-1]).double().mean(dim=1),
        "entropy": (entropy * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-12),
        "effective": effective_number(brought),
        "strongest": brought.amax(dim=1) / brought.sum(dim=1).clamp(min=1e-12),
        "resultants": resultants(trace).gather(1, two),
        "right": answers == labels[:, None],
        "right_without": _right_without(trace, brought, labels, inverse_temperature),
        "changed": answers[:, -1] != answers[:, 0],
    }


def _right_without(trace: RoutingTrace, brought: Tensor, labels: Tensor, inverse_temperature: float) -> Tensor:
    """Whether the answer is right without the k strongest capsules, for each k of `LEFT_OUT`, bool [B, len]."""
    order, right = brought.argsort(dim=1, descending=True), []  # [B, I]
    for number in LEFT_OUT:
        kept = torch.ones_like(brought).scatter(1, order[:, :number], 0)  # [B, I]
        *_, last = routing_steps(trace.votes * kept[..., None, None], trace.iterations, inverse_temperature)
        right.append(lengths(last.poses).argmax(dim=-1) == labels)
    return torch.stack(right, dim=1)
