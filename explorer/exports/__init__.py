"""Files of a reading to download: animations, the numbers, poses, and pages that need no internet.

They are made in other threads than the page, so words and colours are handed in.
"""
