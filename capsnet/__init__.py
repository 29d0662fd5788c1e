"""A capsule network whose routing can be looked at, number by number (Sabour, Frosst, Hinton 2017)."""

from capsnet import routing
from capsnet.checkpoint import CheckpointError, load
from capsnet.config import CapsNetConfig
from capsnet.model import CapsNet, CapsNetOutput
from capsnet.routing import RoutingStep, RoutingTrace

__all__ = [
    "CapsNet",
    "CapsNetConfig",
    "CapsNetOutput",
    "CheckpointError",
    "RoutingStep",
    "RoutingTrace",
    "load",
    "routing",
]
