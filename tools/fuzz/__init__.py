"""What strangers send and write, by the hundred thousand: `python -m tools.fuzz`."""
