"""Labelled pictures for training and testing: MNIST and its kin by torchvision, or a folder of one's own."""

from capsnet.data.dataset import NOTHING, DataError, Dataset, Split, shifted, to_float
from capsnet.data.folders import picture_ink
from capsnet.data.loading import dataset_name, load_dataset
from capsnet.data.torchvision_sets import TORCHVISION_SETS, data_folder, has_mnist, torchvision_datasets

__all__ = [
    "NOTHING",
    "TORCHVISION_SETS",
    "DataError",
    "Dataset",
    "Split",
    "data_folder",
    "dataset_name",
    "has_mnist",
    "load_dataset",
    "picture_ink",
    "shifted",
    "to_float",
    "torchvision_datasets",
]
