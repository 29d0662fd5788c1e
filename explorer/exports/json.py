"""A pose as JSON."""

from __future__ import annotations

import json

import numpy as np

from explorer.arrays import Floats


def pose_json(network: str, name: str, pose: Floats, own: Floats) -> str:
    """Whose pose it is, the numbers set, and the digit's own.

    Args:
        network: the digest of its checkpoint.
        name: of the capsule.
        pose: the numbers set, [D].
        own: the digit's, [D].
    """
    numbers = {"pose": pose.tolist(), "own_pose": own.tolist(), "length": float(np.linalg.norm(pose))}
    return json.dumps({"network": network, "capsule": name, **numbers}, indent=1)
