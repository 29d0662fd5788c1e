"""What holds for every test: slow ones come last, and property tests are in no hurry."""

from __future__ import annotations

import pytest
from hypothesis import settings

pytest_plugins = ["tests.browser.fixtures", "tests.browser.pose_page"]

settings.register_profile("project", deadline=None, max_examples=50)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: trains or starts processes; runs after all quick tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
