"""The explorer: draw a digit and watch a capsule network think."""
