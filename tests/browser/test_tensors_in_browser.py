"""Safetensors files in the browser: read as they were written, refused where they are broken."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save

from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
FILE = "network/tensors.js"
READ = """
    try {
        const { metadata, tensors } = m.tensorsOf(Uint8Array.from(given).buffer)
        return { metadata, ...Object.fromEntries(Object.entries(tensors).map(([name, array]) => [name, [...array]])) }
    } catch (error) {
        if (error.constructor !== Error) throw error
        return error.message
    }
"""


def read(modules: ModulePage, content: bytes) -> Any:
    return modules.run(FILE, READ, list(content))


def file(header: Any, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def entry(dtype: str, shape: list[int], start: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def test_numbers_are_read_as_they_were_written(modules: ModulePage) -> None:
    whole = np.array([[-32768, -257, -256], [-1, 0, 1], [255, 256, 32639]], np.int16)
    scale = np.array([0.5, 0.25, 2], np.float32)
    tensors: dict[str, NDArray[Any]] = {
        "a": np.array([1.5, -2.25, 1e-7], np.float32),
        "half": np.array([[1.5], [-6e-8], [65504]], np.float16),
        "loud.scale": np.array([3], np.float32),  # no part of anything
        "b.low": (whole & 255).astype(np.uint8).view(np.int8),
        "b.high": ((whole + 128) >> 8).astype(np.int8),
        "b.scale": scale,
        "none": np.zeros((0, 2), np.float32),
    }
    found = read(modules, save(tensors, {"digest": "x"}))
    assert found.pop("metadata") == {"digest": "x"}
    assert found == {
        "a": tensors["a"].tolist(),
        "half": tensors["half"].ravel().tolist(),
        "loud.scale": [3],
        "b": (whole * scale[:, None]).ravel().tolist(),
        "none": [],
    }


PARTS = {"b.low": entry("I8", [2], 0, 2), "b.high": entry("I8", [2], 2, 4), "b.scale": entry("F32", [1], 4, 8)}
NOT_ALL = "whole numbers come as NAME.low, NAME.high and NAME.scale; got "


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a safetensors file; got 0 bytes"),
        (b"<html>no</html>", "expected a safetensors file; its header of"),
        (struct.pack("<Q", 2**63) + b"{}", "expected a safetensors file; its header of"),
        (file(b"{no}"), "expected a safetensors file; its header is no JSON"),
        (file(b"\xff\xfe"), "expected a safetensors file; its header is no JSON"),
        (file([]), "expected a safetensors file; its header has no names"),
        (file(None), "expected a safetensors file; its header has no names"),
        (file({"a": entry("BF16", [1], 0, 2)}, b"  "), "a must be one of F32, F16, U8, I8; got BF16"),
        (file({"a": entry("toString", [1], 0, 2)}, b"  "), "a must be one of F32, F16, U8, I8; got toString"),
        (file({"a": None}), "a must be one of F32, F16, U8, I8; got undefined"),
        (file({"a": {"dtype": "F32"}}), "a has no shape or no place in the file"),
        (file({"a": entry("F32", [3], 0, 8)}, b" " * 8), "a of shape 3 must have 12 bytes; got 0 to 8"),
        (file({"a": entry("F32", [1], -4, 0)}, b" " * 8), "a of shape 1 must have 4 bytes; got -4 to 0"),
        (file({"a": entry("F32", [3], 0, 12)}, b" " * 8), "a ends at byte "),
        (file({"b.low": PARTS["b.low"]}, b" " * 8), NOT_ALL + "b.low"),
        (file({"b.high": PARTS["b.high"]}, b" " * 8), NOT_ALL + "b.high"),
        (file({"b": entry("U8", [2], 0, 2)}, b" " * 8), NOT_ALL + "b"),
        (file({**PARTS, "b.low": entry("U8", [2], 0, 2)}, b" " * 8), NOT_ALL + "b.low, b.high, b.scale"),
        (
            file({**PARTS, "b.high": entry("I8", [1], 2, 3)}, b" " * 8),
            "b must have as many low as high bytes, in rows of one scale each",
        ),
        (
            file({**PARTS, "b.scale": entry("F32", [3], 0, 12)}, b" " * 12),
            "b must have as many low as high bytes, in rows of one scale each",
        ),
    ],
)
def test_broken_files_are_refused_in_words(modules: ModulePage, content: bytes, message: str) -> None:
    assert read(modules, content).startswith(message)


def test_a_file_cut_off_anywhere_is_refused(modules: ModulePage) -> None:
    content = save({"a": np.arange(5, dtype=np.float32), "b": np.arange(3, dtype=np.float16)})
    code = """
        const bytes = Uint8Array.from(given)
        const read = length => { try { return m.tensorsOf(bytes.slice(0, length).buffer) } catch { return null } }
        return [...bytes.keys()].filter(read)
    """
    assert modules.run(FILE, code, list(content)) == []
    assert len(read(modules, content)["a"]) == 5


REFINED = """
    const tensors = { a: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), b: Float32Array.from([1]) }
    try {
        m.refine(tensors, Uint8Array.from(given).buffer)
        return [...tensors.a, ...tensors.b]
    } catch (error) {
        if (error.constructor !== Error) throw error
        return error.message
    }
"""
FINE = np.array([0x90, 0x78, 0xF8, 0x38, 0x08], np.uint8)  # 0 9 8 7 8 15 8 3 8, the lower half first
SCALE = np.array([1, 0.5, 4], np.float32)


def refined(modules: ModulePage, **tensors: NDArray[Any]) -> Any:
    named = {name.replace("_", "."): numbers for name, numbers in tensors.items()}
    return modules.run(FILE, REFINED, list(save(named)))


def test_a_refinement_is_added_in_place(modules: ModulePage) -> None:
    assert refined(modules, a_fine=FINE, a_scale=SCALE) == [-7, 3, 3, 3.5, 5, 9.5, 7, -12, 9, 1]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"a_fine": FINE[1:], "a_scale": SCALE},
            "a refinement of 9 numbers takes as many half bytes, and scales; see a",
        ),
        ({"a_fine": FINE.view(np.int8), "a_scale": SCALE}, "a refinement of 9 numbers takes as many half bytes"),
        ({"a_fine": FINE}, "a refinement of 9 numbers takes as many half bytes"),
        ({"a_fine": FINE, "a_scale": SCALE[:2]}, "a must have rows of one scale each"),
        ({"c_fine": FINE, "c_scale": SCALE}, "the weights lack c; got a, b"),
    ],
)
def test_a_refinement_of_something_else_is_refused(
    modules: ModulePage, parts: dict[str, NDArray[Any]], message: str
) -> None:
    assert refined(modules, **parts).startswith(message)
