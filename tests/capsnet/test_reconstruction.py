"""The decoder sees one capsule: the label's while training, else the longest."""

from __future__ import annotations

import torch

from tests.capsnet.samples import CONFIG, random_pictures, small_model

J, D = CONFIG.digit_capsules, CONFIG.digit_pose


def test_with_labels_the_decoder_sees_the_labels_capsule() -> None:
    model, images = small_model(votes=20), random_pictures(4)
    longest = model(images).lengths.argmax(dim=1)
    labels = (longest + torch.tensor([1, 2, 3, 4])) % J  # never the longest
    output = model.train()(images, labels)
    assert torch.equal(output.reconstructions, model.reconstruct(output.poses, labels))
    assert not torch.allclose(output.reconstructions, model.reconstruct(output.poses, longest), atol=1e-4)


def test_without_labels_the_decoder_sees_the_longest_capsule() -> None:
    model, images = small_model(votes=20), random_pictures(7)
    output = model(images)
    longest = output.lengths.argmax(dim=1)
    assert torch.equal(output.reconstructions, model.reconstruct(output.poses, longest))


def test_labels_change_nothing_but_the_reconstruction() -> None:
    model, images = small_model(), random_pictures(3)
    with_labels, without = model(images, torch.tensor([4, 0, 2])), model(images)
    assert torch.equal(with_labels.poses, without.poses)
    assert torch.equal(with_labels.lengths, without.lengths)


def test_the_decoder_is_given_zeros_for_all_other_capsules() -> None:
    model = small_model()
    poses = torch.randn(2, J, D)
    masked = torch.zeros(2, J * D)
    masked[0, 3 * D : 4 * D] = poses[0, 3]
    masked[1, :D] = poses[1, 0]
    expected = model.decoder(masked).view(2, 1, 13, 13)
    assert torch.equal(model.reconstruct(poses, torch.tensor([3, 0])), expected)


def test_other_capsules_poses_do_not_matter() -> None:
    model, labels = small_model(), torch.tensor([2, 4])
    poses = torch.randn(2, J, D)
    others = torch.randn(2, J, D)
    others[0, 2], others[1, 4] = poses[0, 2], poses[1, 4]
    assert torch.equal(model.reconstruct(poses, labels), model.reconstruct(others, labels))
    own = poses.clone()
    own[0, 2, 5] += 1
    assert not torch.equal(model.reconstruct(own, labels)[0], model.reconstruct(poses, labels)[0])


def test_reconstructions_are_pictures() -> None:
    drawn = small_model().requires_grad_(False).reconstruct(1000 * torch.randn(3, J, D), torch.tensor([0, 1, 2]))
    assert float(drawn.min()) >= 0
    assert float(drawn.max()) <= 1
