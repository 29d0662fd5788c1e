"""What stays on every page: header, digit panel, sources of digits."""
