"""The network's own code, with the numbers of the digit at hand."""
