"""The training page: how networks came to read."""
