"""What the browser draws is what the network draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from explorer import poses
from tests.browser.pose_page import LAB, ROOT, pixels, strongest, subject

TURN_ALL = f"""poses => {{
    const sliders = [...{ROOT}.querySelectorAll('.dimension')]
        .sort((a, b) => a.querySelector('b').textContent - b.querySelector('b').textContent)
        .map(dimension => dimension.querySelector('input'))
    const canvas = {ROOT}.querySelector('canvas')
    return poses.map(pose => {{
        sliders.forEach((slider, d) => {{
            slider.value = pose[d]
            slider.dispatchEvent(new Event('input'))
        }})
        const pixels = canvas.getContext('2d').getImageData(0, 0, 28, 28).data
        return [...pixels].filter((_, k) => k % 4 === 0)
    }})
}}"""


def test_the_first_picture_is_the_digits_own_reconstruction(lab: Page, tiny_checkpoint: Path) -> None:
    turned, reading = subject(tiny_checkpoint)
    expected = 255 * reading.reconstructions[turned.capsule]
    assert np.abs(pixels(lab) - expected).max() <= 1
    np.testing.assert_array_equal(pixels(lab), pixels(lab, "original"))


def test_two_hundred_poses_are_drawn_as_torch_draws_them(lab: Page, tiny_checkpoint: Path) -> None:
    turned, _ = subject(tiny_checkpoint)
    random = np.random.default_rng(11).uniform(turned.span.low, turned.span.high, (200, 16))
    stepped = (random / poses.STEP).round() * poses.STEP
    drawn = np.array(lab.evaluate(TURN_ALL, stepped.round(3).tolist())).reshape(200, 28, 28)
    expected = 255 * poses.decode(turned.checkpoint.model, turned.capsule, stepped.astype(np.float32))
    assert expected.max(axis=(1, 2)).min() > 30
    assert np.abs(drawn - expected).max() <= 1


def test_double_click_brings_the_original_back_exactly(lab: Page) -> None:
    before = pixels(lab)
    ours = strongest(lab)
    ours.evaluate("slider => { slider.value = slider.max; slider.dispatchEvent(new Event('input')) }")
    assert np.abs(pixels(lab) - before).max() > 20
    ours.dblclick(position={"x": 30, "y": 15})
    np.testing.assert_array_equal(pixels(lab), before)


def test_sliders_are_ordered_by_how_much_they_change_the_picture(lab: Page, tiny_checkpoint: Path) -> None:
    turned, _ = subject(tiny_checkpoint)
    effects = []
    for d in range(16):
        ends = np.repeat(turned.own[None], 2, axis=0)
        ends[:, d] += (-0.25, 0.25)
        low, high = poses.decode(turned.checkpoint.model, turned.capsule, ends)
        effects.append(float(np.sqrt(np.square(high - low).mean())))
    shown = lab.locator(f"{LAB} .dimension")
    numbers = [int(text) for text in shown.locator("b").all_inner_texts()]
    assert numbers == [d + 1 for d in np.argsort(effects)[::-1]]
    measured = [float(row.get_attribute("data-effect") or 0) for row in shown.all()]
    np.testing.assert_allclose(measured, sorted(effects, reverse=True), atol=2e-6)
    lab.get_by_role("button", name="by number").click()
    assert [int(text) for text in shown.locator("b").all_inner_texts()] == list(range(1, 17))
