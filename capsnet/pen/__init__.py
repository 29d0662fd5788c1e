"""A synthetic pen: digits as people of different countries write them, in any number, each a little different."""

from capsnet.pen.digits import pen_digits, written_digit

__all__ = ["pen_digits", "written_digit"]
