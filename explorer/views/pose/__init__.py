"""The pose page."""
