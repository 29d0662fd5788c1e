"""Pages and their parts: figures and words laid out.

What is worth knowing is computed in `explorer.measures`; what people chose is kept by `explorer.state`, which also
names all widgets.
"""
