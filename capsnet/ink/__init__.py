"""Ink: from pictures, photos and drawings of any size to the one form that the network reads."""

from capsnet.ink.contrast import FloatImage
from capsnet.ink.decoding import FORMATS, MAX_PIXELS, MAX_PIXELS_WHOLE, WORKING_SIDE, PictureError, decode_picture
from capsnet.ink.frame import MNIST_FRAME, Frame
from capsnet.ink.normalisation import FAINT, STROKES, normalise

__all__ = [
    "FAINT",
    "FORMATS",
    "MAX_PIXELS",
    "MAX_PIXELS_WHOLE",
    "MNIST_FRAME",
    "STROKES",
    "WORKING_SIDE",
    "FloatImage",
    "Frame",
    "PictureError",
    "decode_picture",
    "normalise",
]
