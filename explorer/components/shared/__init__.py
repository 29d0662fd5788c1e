"""Scripts that components share."""
