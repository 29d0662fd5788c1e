"""Answers about routing: who wins, what sums to 1, what adds up, what is learned, and what agreement is worth."""

from __future__ import annotations

import numpy as np

from explorer.lesson.answer import PRESENT, Answer, Given, chosen, common
from explorer.lesson.variants import routed_otherwise, routed_without
from explorer.measures.couplings import movement
from explorer.measures.evidence import contributions
from explorer.measures.over_iterations import answers
from explorer.measures.pull import half

ASKED = 0.9
"""The length that training asks of the digit that is there (paper, section 3)."""
EQUAL = 0.01
"""Numbers count as the same when they differ by less than this share."""
ABOUT = 0.05
"""Lengths that differ by less are about the same."""
LONG_RUN = 5
"""Iterations after which adding up and assigning afresh are compared: they differ from the third on."""
STRONGEST = 20
"""So many of the strongest primary capsules are taken away; of a small network, a tenth of all."""
SAME_WAY = 0.5
"""Cosine from which on two poses point the same way: 60 degrees apart."""


def leader(given: Given) -> Answer:
    """Which capsule is the longest after the last iteration, and does it reach what training asks for?"""
    reading = given.reading
    first, second = sorted(given.pair)
    winner, path = int(reading.lengths[-1].argmax()), answers(reading)
    reached = bool(reading.lengths[-1, winner] >= ASKED)
    right = "neither" if not reached else "first" if winner == first else "second"
    outcome = "neither" if not reached else "stayed" if len(set(path)) == 1 else "changed"
    values = common(given) | {
        "first": reading.classes[first],
        "second": reading.classes[second],
        "ahead": reading.classes[path[0]],
        "ahead_length": float(reading.lengths[0, path[0]]),
        "asked": ASKED,
        "path": " → ".join(reading.classes[answer] for answer in path),
    }
    return Answer(values, outcome, *chosen(("first", "second", "neither"), right))


def sums(given: Given) -> Answer:
    """What do all couplings into one digit capsule sum to?"""
    reading, (winner, _) = given.reading, given.pair
    count, classes = reading.couplings.shape[1:]
    received, share = float(reading.couplings[-1, :, winner].sum()), count / classes
    outcome = "share" if abs(received - share) < EQUAL * share else "any"
    mistaken = routed_otherwise(reading, reading.iterations, over_primary=True)[-1]
    longest = int(mistaken.argmax())
    values = common(given) | {
        "received": received,
        "share": share,
        "mistaken": reading.classes[longest],
        "mistaken_length": float(mistaken[longest]),
    }
    return Answer(values, outcome, *chosen(("one", "share", "any"), outcome))


def memory(given: Given) -> Answer:
    """Does the winner end longer or shorter when agreements do not add up, as k-means assigns afresh?"""
    reading, (winner, rival) = given.reading, given.pair
    adding = routed_otherwise(reading, LONG_RUN)[-1]
    forgetting = routed_otherwise(reading, LONG_RUN, forgets=True)[-1]
    gain = float(forgetting[winner] - adding[winner])
    outcome = "same" if abs(gain) < ABOUT else "longer" if gain > 0 else "shorter"
    values = common(given) | {
        "run": LONG_RUN,
        "adding": float(adding[winner]),
        "forgetting": float(forgetting[winner]),
        "rival_adding": float(adding[rival]),
        "rival_forgetting": float(forgetting[rival]),
    }
    return Answer(values, outcome, *chosen(("longer", "same", "shorter"), outcome))


def learning(given: Given) -> Answer:
    """From which couplings does the routing of the next digit start?"""
    reading = given.reading
    count, classes, pose = reading.votes.shape
    start = reading.couplings[0]
    outcome = "equal" if np.allclose(start, 1 / classes) else "these"
    values = common(given) | {
        "share": 1 / classes,
        "moved": movement(reading).count,
        "weights": count * classes * pose * reading.primary.shape[-1],
    }
    return Answer(values, outcome, *chosen(("these", "equal", "trained"), outcome))


def strongest_of(given: Given) -> list[int]:
    """The primary capsules i that pull most on the winner, the strongest first."""
    brought = contributions(given.reading)[:, given.pair[0]]
    count = min(STRONGEST, max(1, len(brought) // 10))
    return [int(primary) for primary in np.argsort(-brought, kind="stable")[:count]]


def strongest(given: Given) -> Answer:
    """Is it still the same digit, pointing the same way, without the capsules that pull most?"""
    reading, (winner, _) = given.reading, given.pair
    silenced = strongest_of(given)
    brought = contributions(reading)[:, winner]
    poses = routed_without(reading, silenced)
    found, own = np.linalg.norm(poses, axis=-1), reading.poses[-1, winner]
    longest = int(found.argmax())
    both = float(found[winner] * np.linalg.norm(own))
    cosine = float(poses[winner] @ own) / both if both > 0 else 0.0
    stands = longest == winner and found[winner] > PRESENT
    outcome = "falls" if not stands else "same" if cosine > SAME_WAY else "turned"
    forward = float(brought.clip(min=0).sum())
    values = common(given) | {
        "count": len(silenced),
        "pulled": float(brought[silenced].clip(min=0).sum()) / forward if forward > 0 else 0.0,
        "half": half(brought),
        "left": float(found[winner]),
        "other": reading.classes[longest],
        "other_length": float(found[longest]),
        "cosine": cosine,
    }
    return Answer(values, outcome, *chosen(("same", "turned", "falls"), outcome))
