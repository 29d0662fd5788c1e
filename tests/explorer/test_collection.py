"""What is collected after a run is what came since the app was started, no more."""

from __future__ import annotations

import gc
import tomllib
from pathlib import Path

from explorer.collection import leave_out_what_stays


def test_what_there_is_stays_and_what_comes_later_is_collected() -> None:
    leave_out_what_stays.cache_clear()
    kept = gc.get_freeze_count()
    try:
        leave_out_what_stays()
        assert gc.get_freeze_count() > kept
        assert len(gc.get_objects()) < gc.get_freeze_count()
        later: list[object] = []
        later.append(later)
        del later
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
        leave_out_what_stays.cache_clear()


def test_streamlit_does_not_collect_after_each_run() -> None:
    settings = Path(__file__).parents[2] / "explorer" / ".streamlit" / "config.toml"
    assert tomllib.loads(settings.read_text())["runner"]["postScriptGC"] is False
