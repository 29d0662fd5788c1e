"""Data sets by name: one of torchvision's, or a folder of one's own pictures."""

from __future__ import annotations

from pathlib import Path

from capsnet.data.dataset import DataError, Dataset, Split
from capsnet.data.folders import folder_dataset
from capsnet.data.torchvision_sets import TORCHVISION_SETS, torchvision_dataset
from capsnet.ink import MNIST_FRAME, Frame


def dataset_name(name: str) -> str:
    """What a card calls a data set of `load_dataset`: nothing of this machine's folders outside the working one.

    A folder inside the working one is named from there, any other by its own name.
    """
    if name in TORCHVISION_SETS:
        return name
    folder, here = Path(name).resolve(), Path.cwd()
    return folder.relative_to(here).as_posix() if folder != here and folder.is_relative_to(here) else folder.name


def load_dataset(name: str, split: Split, folder: Path | None = None, frame: Frame = MNIST_FRAME) -> Dataset:
    """Reads a data set by name, or from a folder of pictures by class.

    Args:
        name: a key of `TORCHVISION_SETS`, or the path of a folder that holds one folder of pictures a class,
            either at once (every sixth picture then is for testing) or under `train/` and `test/`.
        split: which part to read.
        folder: where torchvision's files are, see `data_folder`. A folder that was named, here or by CAPSNET_DATA,
            is only read; into the cache folder a missing set is downloaded, with a progress bar.
        frame: what the network reads; pictures of a folder are brought to it, torchvision's sets have only MNIST's.

    Raises:
        DataError: nothing is there, nothing can be downloaded, the frame is another, or a picture can't be read.
    """
    if name in TORCHVISION_SETS:
        return torchvision_dataset(name, split, folder, frame)
    if Path(name).is_dir():
        return folder_dataset(Path(name), split, frame)
    message = f"There is no data set '{name}': choose {', '.join(TORCHVISION_SETS)} or an existing folder."
    raise DataError(message, "unknown", name=name)
