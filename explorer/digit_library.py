"""Digits made from facts: by an example's name, a number of MNIST, strokes, or pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from capsnet.data import DataError
from capsnet.ink import Frame, normalise
from explorer import mnist
from explorer.arrays import Floats
from explorer.drawing import to_mnist
from explorer.presets import Preset, Stroke, load_presets, preset_drawing, render, stroke_drawing
from explorer.session import Digit, Drawing, Example, Upload

FIRST = "cursive-4"
"""The example that a session opens with."""


@dataclass(frozen=True)
class DigitLibrary:
    """The digits that an address can name; see `session.address.DigitSource`."""

    frame: Frame
    """How the network that reads them has ink laid out."""

    def example(self, identity: str) -> Digit:
        """The example of this name."""
        preset = next((preset for preset in load_presets() if preset.id == identity), None)
        if preset is None:
            raise ValueError(f"there is no example {identity}")
        return example_digit(preset)

    def mnist(self, number: int) -> Digit:
        """This digit of MNIST's test set."""
        try:
            return mnist.digit(number)
        except DataError as error:
            raise ValueError("MNIST is not on this computer") from error

    def drawing(self, strokes: tuple[Stroke, ...], width: int) -> Digit:
        """A drawing of these strokes with a pen of this width."""
        return Digit(Drawing(), to_mnist(render(strokes, width), self.frame), stroke_drawing(strokes, width))

    def picture(self, image: Floats) -> Digit:
        """A picture as the network gets it."""
        return Digit(Upload(""), image)


def examples(classes: tuple[str, ...]) -> list[Preset]:
    """Those that a network with these classes can be asked about; none where it knows no digits."""
    presets = load_presets()
    if not set(classes) & {preset.label for preset in presets}:
        return []
    return [preset for preset in presets if preset.label is None or preset.label in classes]


def first_example(classes: tuple[str, ...]) -> Preset | None:
    """What a session opens with, where the network knows digits at all."""
    return next((preset for preset in examples(classes) if preset.id == FIRST), None)


def example_digit(preset: Preset) -> Digit:
    """An example as a digit."""
    return Digit(Example(preset.id), _image(preset), preset_drawing(preset))


def fitted(image: Floats, frame: Frame) -> Floats | None:
    """A digit's picture as a network with pictures of another size gets it; None where no ink is left."""
    return image if image.shape == (frame.size, frame.size) else normalise(image, frame)


@cache
def _image(preset: Preset) -> Floats | None:
    return to_mnist(render(preset.strokes, preset.width))
