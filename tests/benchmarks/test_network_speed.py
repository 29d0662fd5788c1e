"""How fast the network reads, learns and is loaded, and how much memory reading takes; measured, never asserted."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from pytest_benchmark.fixture import BenchmarkFixture
from torch import Tensor

import capsnet
from capsnet import CapsNet, CapsNetConfig, checkpoint
from capsnet.data import Dataset
from capsnet.recipe import Recipe, plan
from capsnet.runtime import keep_freed_memory

BATCH = 128
PICTURES = 1000


@pytest.fixture(scope="module")
def network() -> CapsNet:
    return CapsNet().eval()


def show(benchmark: BenchmarkFixture, name: str, value: str) -> None:
    """Prints a figure and keeps it with the benchmark's."""
    benchmark.extra_info[name] = value
    print(f"\n{name}: {value}")


def convolve(network: CapsNet, images: Tensor) -> Tensor:
    """The two convolutions and nothing else."""
    with torch.no_grad():
        maps: Tensor = network.primary_capsules.convolution(network.convolution(images))
    return maps


@pytest.mark.benchmark(group="one picture")
def test_the_two_convolutions_alone(benchmark: BenchmarkFixture, network: CapsNet) -> None:
    benchmark(convolve, network, torch.rand(1, 1, 28, 28))


@pytest.mark.benchmark(group="one picture")
def test_trace(benchmark: BenchmarkFixture, network: CapsNet) -> None:
    images = torch.rand(1, 1, 28, 28)
    benchmark(network.trace, images)
    seconds: dict[str, list[float]] = {"convolutions": [], "trace": []}
    for _ in range(100):  # by turns, so that a busy machine is busy for both
        started = time.perf_counter()
        convolve(network, images)
        between = time.perf_counter()
        network.trace(images)
        seconds["convolutions"].append(between - started)
        seconds["trace"].append(time.perf_counter() - between)
    medians = {name: sorted(times)[50] for name, times in seconds.items()}
    show(benchmark, "trace over convolutions", f"{medians['trace'] / medians['convolutions']:.2f}")


def test_training_step(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Shifts, network, decoder, losses, gradients and Adam, as in `python -m capsnet train`."""
    from capsnet.training.run import Run  # accelerate takes a second to import

    images = torch.randint(0, 256, (BATCH, 28, 28), dtype=torch.uint8)
    data = Dataset("noise", images, torch.arange(BATCH) % 10, CapsNetConfig().classes)
    recipe = Recipe(epochs=100, batch_size=BATCH)
    cpu = not torch.cuda.is_available()
    run = Run(recipe, data, data, tmp_path / "noise.safetensors", CapsNetConfig(), start=None, cpu=cpu)
    keep_freed_memory()
    run.begin(resume=False)
    batch = plan(recipe, 0, BATCH).to(run.device)
    seconds: list[float] = []

    def step() -> None:
        started = time.perf_counter()
        float(run.step(batch, 0))  # a number to wait for
        seconds.append(time.perf_counter() - started)

    benchmark.pedantic(step, rounds=20, warmup_rounds=3)  # type: ignore[no-untyped-call]
    precision = "bfloat16" if run.learner.bfloat16 else "float32"
    show(
        benchmark,
        f"training, convolutions in {precision}",
        f"{BATCH / sorted(seconds)[len(seconds) // 2]:.0f} images/s",
    )


@pytest.fixture(scope="module")
def weights(network: CapsNet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped weights, or random ones of the same size."""
    if checkpoint.DEFAULT.is_file():
        return checkpoint.DEFAULT
    table = ((0.0,) * network.config.digit_pose,) * network.config.digit_capsules
    card = checkpoint.Card(network.config, {"dataset": "mnist", "command": ""}, (), "", {}, 0.1, table, table)
    path = tmp_path_factory.mktemp("weights") / "random.safetensors"
    checkpoint.write(path, network, card)
    return path


def test_loading_the_weights(benchmark: BenchmarkFixture, weights: Path) -> None:
    """After torch is imported."""
    benchmark(capsnet.load, weights)


def write_noise(folder: Path) -> None:
    """MNIST's files, filled with noise."""
    folder.mkdir(parents=True)
    for part, count in (("train", 1), ("t10k", PICTURES)):
        pixels = torch.randint(0, 256, (count, 28, 28), dtype=torch.uint8).numpy().tobytes()
        (folder / f"{part}-images-idx3-ubyte").write_bytes(struct.pack(">4i", 0x803, count, 28, 28) + pixels)
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2i", 0x801, count) + bytes(count))


@pytest.mark.skipif(sys.platform == "win32", reason="no process tells there how much memory it took")
def test_memory_of_evaluate(benchmark: BenchmarkFixture, weights: Path, tmp_path: Path) -> None:
    """Of a process of its own, from the start of Python to the report."""
    write_noise(tmp_path / "MNIST" / "raw")
    command = [sys.executable, "-m", "capsnet", "evaluate", "--checkpoint", str(weights), "--data", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(capsnet.__file__).parents[1])}
    peaks = []

    def evaluate() -> None:
        process = subprocess.Popen([*command, "--json"], stdout=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        peaks.append(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))

    benchmark.pedantic(evaluate, rounds=1)  # type: ignore[no-untyped-call]
    show(benchmark, f"peak memory of evaluate, {PICTURES} pictures", f"{peaks[0] / 1e6:.0f} MB")
