"""A capsule network whose routing can be looked at, number by number (Sabour, Frosst, Hinton 2017)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "CapsNet": "model",
    "CapsNetConfig": "config",
    "CapsNetOutput": "model",
    "CheckpointError": "checkpoint",
    "RoutingStep": "routing",
    "RoutingTrace": "routing",
    "load": "checkpoint",
}


def __getattr__(name: str) -> Any:
    """What `__all__` names, when it is first asked for: the command line can be stopped while PyTorch is loading."""
    if name == "routing":
        return import_module("capsnet.routing")
    if name not in _HOMES:
        raise AttributeError(f"module 'capsnet' has no attribute '{name}'")
    return getattr(import_module(f"capsnet.{_HOMES[name]}"), name)
