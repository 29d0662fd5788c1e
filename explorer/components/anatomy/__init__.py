"""The whole network as one picture of a digit: from the input through its capsules to the decoder."""

from explorer.components.anatomy.component import Handlers, Look, anatomy
from explorer.components.anatomy.packing import Dial, Extras

__all__ = ["Dial", "Extras", "Handlers", "Look", "anatomy"]
