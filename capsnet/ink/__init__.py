"""Ink: from pictures, photos and drawings of any size to the one form that the network reads."""

from capsnet.ink.contrast import FloatImage
from capsnet.ink.decoding import FORMATS, MAX_PIXELS, WORKING_SIDE, PictureError, decode_picture
from capsnet.ink.normalisation import BOX, CENTRE, FAINT, SIZE, STROKES, normalise

__all__ = [
    "BOX",
    "CENTRE",
    "FAINT",
    "FORMATS",
    "MAX_PIXELS",
    "SIZE",
    "STROKES",
    "WORKING_SIDE",
    "FloatImage",
    "PictureError",
    "decode_picture",
    "normalise",
]
