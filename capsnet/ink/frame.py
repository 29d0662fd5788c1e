"""The frame that a network reads: how large its pictures are, and how large what is drawn in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """A square picture with ink in its middle; the defaults are MNIST's.

    Raises:
        ValueError: the box is empty or does not fit into the picture.
    """

    size: int = 28
    """Height and width of the picture, in pixels."""
    box: int = 20
    """The ink's longer side, in pixels."""

    def __post_init__(self) -> None:
        if not 1 <= self.box <= self.size:
            raise ValueError(f"the ink's box must be 1 to {self.size} pixels, the picture's size; got {self.box}")

    @classmethod
    def of_size(cls, size: int) -> Frame:
        """A frame of this size with as large a box, for its size, as MNIST's."""
        return cls(size, max(1, round(size * cls.box / cls.size)))

    @property
    def centre(self) -> float:
        """Where the centre of mass goes, in pixel edges from the top left: the middle of row and column 14 of 28.

        So it is in MNIST, whose centres of mass lie between 14 and 15.
        """
        return self.size // 2 + 0.5


MNIST_FRAME = Frame()
"""What networks trained on MNIST read."""
