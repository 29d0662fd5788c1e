"""The notebook runs from top to bottom on a machine without MNIST, and is committed without what it gave."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FILE = Path(__file__).parents[1] / "notebooks" / "train_and_look.ipynb"
DIGITS = 100


@pytest.mark.filterwarnings("default")  # of Jupyter's own packages
def test_the_notebook_trains_a_network_and_looks_into_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAPSNET_DATA", str(tmp_path))  # holds no MNIST, and nothing is downloaded into it
    monkeypatch.setenv("NOTEBOOK_DIGITS", str(DIGITS))
    for folder in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(folder, str(tmp_path / folder.lower()))
    notebook = nbformat.read(FILE, as_version=4)
    NotebookClient(notebook, timeout=100, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = "".join(output.get("text", "") for output in outputs)
    kinds = [kind for output in outputs for kind in output.get("data", {})]
    assert f"{DIGITS} digits to learn from, {DIGITS // 5} for testing, of pen" in said
    losses = [float(loss) for loss in re.findall(r"epoch \d: loss ([\d.]+)", said)]
    assert len(losses) == 5
    assert losses[-1] < losses[0]
    assert said.count("sum 100") == 3
    assert kinds.count("application/vnd.plotly.v1+json") == 3
    assert kinds.count("image/png") == 3
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]


def test_the_notebook_is_committed_without_outputs() -> None:
    notebook = nbformat.read(FILE, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        assert cell.cell_type == "markdown" or before.cell_type == "markdown", "a cell of code without words before it"
