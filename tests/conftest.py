"""What holds for every test: where slow ones come, browsers after all others, and property tests are in no hurry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests import tiny

settings.register_profile("project", deadline=None, max_examples=50)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    words = "slow: takes seconds; runs after all quick tests, or first where processes share the tests"
    config.addinivalue_line("markers", words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    shared = hasattr(config, "workerinput")  # long files first: no process is left alone with one at the end

    def place(item: pytest.Item) -> tuple[bool, bool]:
        slow = item.get_closest_marker("slow") is not None
        return "browser" in item.path.parts, slow is not shared

    items.sort(key=place)


@pytest.fixture(scope="session")
def tiny_checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny network's file; made once, and again when the code that makes it changes."""
    assert request.config.cache
    folder = request.config.cache.mkdir("tiny-network")
    kept = folder / f"{tiny.name()}.safetensors"
    if not kept.is_file():
        made = tmp_path_factory.mktemp("tiny") / kept.name
        # In a process of its own, which neither waits for the measuring of coverage nor leaves its settings behind.
        root = Path(tiny.__file__).parents[1]
        subprocess.run([sys.executable, "-m", tiny.__name__, str(made)], check=True, cwd=root, capture_output=True)
        for older in set(folder.glob("*.safetensors")) - {kept}:  # another process of the tests may have made it first
            older.unlink(missing_ok=True)
        coming = folder / f"{kept.stem}.{os.getpid()}"
        coming.write_bytes(made.read_bytes())
        coming.replace(kept)
    return kept


@pytest.fixture(autouse=True)
def no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app that is started in this process has no command line of its own: not the one of the tests."""
    monkeypatch.setattr("sys.argv", ["app.py"])


@pytest.fixture
def tiny_app(monkeypatch: pytest.MonkeyPatch, tiny_checkpoint: Path) -> None:
    """An app that is started in this process begins with the tiny network."""
    monkeypatch.setattr("sys.argv", ["app.py", "--checkpoint", str(tiny_checkpoint)])
