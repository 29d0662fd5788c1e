"""How the explorer is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import explorer


@pytest.mark.slow
def test_the_app_as_a_plain_python_file_says_how_to_start_it(tmp_path: Path) -> None:
    app = Path(explorer.__file__).parent / "app.py"
    run = subprocess.run([sys.executable, str(app)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "streamlit run explorer/app.py" in run.stderr
    assert "Traceback" not in run.stderr
