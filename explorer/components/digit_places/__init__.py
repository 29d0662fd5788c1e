"""The drawn digit with a mark at the centre of what each place of primary capsules sees."""

from explorer.components.digit_places.component import Places, digit_places

__all__ = ["Places", "digit_places"]
