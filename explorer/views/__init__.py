"""Pages and their parts: figures and words laid out; no arithmetic, and no state but through `explorer.state`."""
