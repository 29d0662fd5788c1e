"""Training: one-cycle Adam, resumable at any batch, on one device or several."""

from capsnet.training.files import history_path, state_path
from capsnet.training.run import train

__all__ = ["history_path", "state_path", "train"]
