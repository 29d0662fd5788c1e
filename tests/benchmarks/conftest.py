"""Benchmarks measure what people have: the app with the weights that come with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.fixtures import browser as browser
from tests.browser.fixtures import context as context
from tests.browser.fixtures import page as page
from tools.server import serving


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving() as address:
        yield address
