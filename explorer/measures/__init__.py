"""What is derived from a reading, and nothing that draws: pure functions on NumPy arrays."""
