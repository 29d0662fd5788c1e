"""Pages and their parts: figures and words laid out.

What is worth knowing is computed in `explorer.measures`; what people made and chose is kept in `explorer.session`;
words come from `explorer.text`. A page is a file or folder here, a line in `pages.PAGES`, and a section of words.
"""
