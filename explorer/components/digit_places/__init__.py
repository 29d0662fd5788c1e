"""The drawn digit with a mark at the centre of what each place of primary capsules sees."""

from explorer.components.digit_places.component import digit_places

__all__ = ["digit_places"]
