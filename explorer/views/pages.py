"""All pages, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explorer.reading import CapsuleReading, Reading
from explorer.views.code import page as code
from explorer.views.compare import page as compare
from explorer.views.learn import page as learn
from explorer.views.overview import page as overview
from explorer.views.pose import page as pose
from explorer.views.routing import page as routing
from explorer.views.training import page as training
from explorer.views.visit import Visit


class Page(NamedTuple):
    """A page: its words are the section of this name, with `title`, `help`, and `empty` for when there is no digit."""

    name: str
    """Also its address, but for the first page's."""
    icon: str
    """Of Material Symbols."""
    render: Callable[[Visit], None]
    needs: type[Reading] = Reading
    """What it shows of a network; pages that need more than a network has are left out."""


PAGES = (
    Page("overview", "visibility", overview.render),
    Page("routing", "hub", routing.render, needs=CapsuleReading),
    Page("pose", "tune", pose.render, needs=CapsuleReading),
    Page("compare", "compare", compare.render),
    Page("learn", "school", learn.render, needs=CapsuleReading),
    Page("training", "model_training", training.render),
    Page("code", "code", code.render, needs=CapsuleReading),
)
