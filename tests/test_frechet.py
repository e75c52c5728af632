"""The Fréchet distance in the reader's features, against its closed form and against what it must rank."""

import pytest
import torch
from rounding import rounding
from seeded import seeded

from mnist_sr_helpers import frechet_distance, load_digits, metrics, round_trip
from mnist_sr_helpers.metrics import reader_features
from mnist_sr_helpers.weights import cached_reader


@pytest.fixture(scope="module")
def real():
    return load_digits().images[:1000]


@pytest.fixture(scope="module")
def test_digits():
    return load_digits(split="test").images


def test_features_are_the_sixty_four_numbers_before_the_decision(test_digits):
    features = reader_features(test_digits[:50])
    assert features.shape == (50, 64)
    reader = cached_reader()
    with torch.no_grad():
        size = features.norm(dim=1).max() * reader.head[-1].weight.norm(dim=1).max()
        assert torch.allclose(reader.head[-1](features), reader(test_digits[:50]), atol=rounding(64, size.item()))
    assert features.std(0).max() > 0.1


def test_features_are_of_the_clipped_picture(test_digits):
    loud = (1.6 * test_digits[:5] - 0.2).clamp(-1, 2)
    assert reader_features(loud).equal(reader_features(loud.clamp(0, 1)))


def slack(images):
    """Room for rounding: the distance is a difference of traces and of the roots of 64 eigenvalues, in float64."""
    return 64 * torch.finfo(torch.float64).eps ** 0.5 * reader_features(images).double().T.cov().trace().item()


def test_equal_collections_have_distance_zero(test_digits):
    assert frechet_distance(test_digits, test_digits) == pytest.approx(0, abs=slack(test_digits))
    assert frechet_distance(test_digits, test_digits) >= 0
    shuffled = test_digits[torch.randperm(1000, generator=seeded())]
    assert frechet_distance(test_digits, shuffled) == pytest.approx(0, abs=slack(test_digits))


def test_it_is_symmetric(real, test_digits):
    there, back = frechet_distance(test_digits, real), frechet_distance(real, test_digits)
    assert there == pytest.approx(back, abs=slack(test_digits))
    assert there > 5


@pytest.fixture
def plain_features(monkeypatch):
    """Features that are the first pixels of a picture, so that their distribution can be chosen."""
    monkeypatch.setattr(metrics, "reader_features", lambda images: images.flatten(1)[:, :5])


def with_pixels(values):
    images = torch.zeros(len(values), 1, 28, 28)
    images[:, 0, 0, :5] = values
    return images


@pytest.mark.usefixtures("plain_features")
def test_a_shift_counts_by_its_squared_length():
    values = torch.rand(200, 5, generator=seeded()) - 0.5
    shift = torch.tensor([0.3, 0.0, -0.4, 0.0, 0.0])
    assert frechet_distance(with_pixels(values), with_pixels(values + shift)) == pytest.approx(0.25, abs=rounding(5))


@pytest.mark.usefixtures("plain_features")
def test_a_stretch_counts_by_the_difference_of_the_deviations():
    values = torch.rand(200, 5, generator=seeded()) - 0.5
    values -= values.mean(0)
    # For C_b = s^2 C_a the distance is (s - 1)^2 tr C_a.
    trace = values.double().T.cov().trace().item()
    found = frechet_distance(with_pixels(values), with_pixels(1.5 * values))
    assert found == pytest.approx(0.25 * trace, rel=1e-4)


@pytest.mark.usefixtures("plain_features")
def test_turned_axes_as_in_a_root_of_the_product():
    """Covariances that don't commute, against the root of their product by its eigenvectors."""
    generator = seeded()
    a = torch.rand(300, 5, generator=generator) - 0.5
    b = (torch.rand(300, 5, generator=generator) - 0.5) @ torch.randn(5, 5, generator=generator) / 4
    c_a, c_b = a.double().T.cov(), b.double().T.cov()
    assert (c_a @ c_b - c_b @ c_a).abs().max() > 1e-4
    values, vectors = torch.linalg.eig(c_a @ c_b)
    root = (vectors * values.sqrt()) @ torch.linalg.inv(vectors)
    assert torch.allclose((root @ root).real, c_a @ c_b, atol=1e-10)
    wanted = (a.double().mean(0) - b.double().mean(0)).square().sum() + (c_a + c_b - 2 * root.real).trace()
    assert frechet_distance(with_pixels(a), with_pixels(b)) == pytest.approx(wanted.item(), rel=1e-5)


def test_real_digits_are_nearer_than_blurred_ones_and_blur_counts(real, test_digits):
    floor = frechet_distance(test_digits, real)
    by_factor = [frechet_distance(round_trip(test_digits, factor).clamp(0, 1), real) for factor in (2, 4, 7)]
    assert floor < by_factor[0] < by_factor[1] < by_factor[2]
    assert by_factor[2] > 20 * floor


def test_fewer_pictures_are_farther_apart(real, test_digits):
    """The bias that makes distances of different numbers incomparable."""
    assert frechet_distance(test_digits[:100], real[:100]) > 2 * frechet_distance(test_digits, real)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda x: frechet_distance(x, x[:3]), ValueError, "^a and b must be equally many pictures, got 5 and 3"),
        (lambda x: frechet_distance(x[:1], x[:1]), ValueError, "^a must be at least two"),
        (lambda x: frechet_distance(None, x), TypeError, "^a must be a torch tensor"),
        (lambda x: frechet_distance(x, x * 255), ValueError, r"^b must lie in \[-1, 2\]"),
        (lambda x: frechet_distance(x[..., :14, :14], x), ValueError, "^a must be 28 x 28"),
        (lambda x: reader_features(x[..., :14, :14]), ValueError, "^images must be 28 x 28"),
        (lambda x: reader_features(x.double()), TypeError, "^images must be float32"),
    ],
)
def test_wrong_arguments(test_digits, call, error, words):
    with pytest.raises(error, match=words):
        call(test_digits[:5])
