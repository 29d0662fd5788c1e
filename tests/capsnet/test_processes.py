"""Training in real processes: killed without warning, and shared between two."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from accelerate import Accelerator
from safetensors import safe_open

from capsnet import CapsNetConfig, load
from capsnet.checkpoint import read
from capsnet.training import history_path, learner, run, state_path
from tests.capsnet import bars_process
from tests.capsnet.runs import RECIPE, STEPS, assert_same_training, final_state, train_bars
from tests.capsnet.samples import CONFIG, environment, small_model, write_idx_files
from tools.faults.kills import forked

pytestmark = pytest.mark.slow

SCRIPT = Path(bars_process.__file__)
TWO_PROCESSES = [
    # --cpu would start one process, unless there is mpirun; --multi_gpu starts two, which need no GPU.
    *("-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2", "--num_machines", "1"),
    *("--mixed_precision", "bf16", "--dynamo_backend", "no", "--main_process_port", "0"),
]


@pytest.fixture(autouse=True)
def full_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "has_bfloat16", lambda _device: False)


def start(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs Python to its end, without the settings of the person who runs the tests."""
    command = [sys.executable, *map(str, arguments)]
    own = environment() | {"HF_HOME": os.devnull}
    return subprocess.run(command, capture_output=True, text=True, env=own, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize(("event", "number"), [("batch", STEPS + 3), ("write", 3)])
def test_a_run_that_was_killed_goes_on_as_if_nothing_had_happened(event: str, number: int, tmp_path: Path) -> None:
    train_bars(tmp_path / "unbroken.safetensors")
    out = tmp_path / "killed" / "bars.safetensors"
    killed = forked(bars_process.main, str(out), "139", event, str(number))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert not out.exists()
    assert len(history_path(out).read_text().splitlines()) == 1
    train_bars(out, resume=True)
    assert_same_training(tmp_path / "unbroken.safetensors", out)


def test_two_processes_train_what_one_does(tmp_path: Path) -> None:
    one, two = tmp_path / "one.safetensors", tmp_path / "two.safetensors"
    train_bars(one, count=128)
    done = start(*TWO_PROCESSES, SCRIPT, two, 128)
    assert done.returncode == 0, done.stderr
    single, shared = read(one).card, read(two).card
    assert (single.recipe["processes"], shared.recipe["processes"]) == (1, 2)
    assert len(history_path(two).read_text().splitlines()) == RECIPE.epochs
    for alone, together in zip(single.history, shared.history, strict=True):
        assert together["loss"] == pytest.approx(alone["loss"], rel=1e-3)
    begun, expected, got = small_model(CONFIG, seed=RECIPE.seed).state_dict(), final_state(one), final_state(two)
    for name, weights in begun.items():
        difference = (got[f"model.{name}"] - expected[f"model.{name}"]).abs()
        moved = (expected[f"model.{name}"] - weights).abs()
        assert float(difference.mean()) < 1e-4
        assert float(difference.mean()) < 0.01 * float(moved.mean())


def test_two_processes_that_are_told_to_end_save_first(tmp_path: Path) -> None:
    out = tmp_path / "bars.safetensors"
    stopped = start(*TWO_PROCESSES, SCRIPT, out, 128, "stop", 3)
    assert stopped.returncode != 0
    assert "all is saved" in stopped.stderr
    with safe_open(state_path(out), "pt") as state:
        progress = json.loads(state.metadata()["state"])["progress"]
    assert (progress["epoch"], progress["step"]) == (0, 3)


def test_a_last_batch_smaller_than_the_number_of_processes(tmp_path: Path) -> None:
    done = start(*TWO_PROCESSES, SCRIPT, tmp_path / "bars.safetensors", 4 * RECIPE.batch_size + 1)
    assert done.returncode == 0, done.stderr[-3000:]
    assert all(weights.isfinite().all() for weights in final_state(tmp_path / "bars.safetensors").values())


def test_the_command_trains_the_papers_network_in_two_processes(tmp_path: Path) -> None:
    write_idx_files(tmp_path)
    out = tmp_path / "mnist.safetensors"
    options = ("--data", tmp_path, "--epochs", 1, "--batch-size", 12, "--cpu")
    done = start(*TWO_PROCESSES, "-m", "capsnet", "train", "--out", out, *options)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("of the test images classified correctly") == 1
    trained = read(out)
    assert trained.card.recipe["processes"] == 2
    assert trained.card.config == CapsNetConfig()
    assert len(history_path(out).read_text().splitlines()) == 1
    again = start("-m", "capsnet", "train", "--out", out, *options, "--resume")  # finished: nothing is left to do
    assert again.returncode == 0, again.stderr[-3000:]
    assert all(torch.equal(weight, trained.model.state_dict()[name]) for name, weight in load(out).state_dict().items())


def test_a_batch_that_does_not_divide_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Three(Accelerator):  # type: ignore[misc]
        num_processes = 3

    monkeypatch.setattr(run, "Accelerator", Three)
    with pytest.raises(ValueError, match="batch_size 32 must divide among 3 processes"):
        train_bars(tmp_path / "bars.safetensors")
    assert not list(tmp_path.iterdir())
