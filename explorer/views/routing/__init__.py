"""The routing page."""
