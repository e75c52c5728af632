"""The networks and their training: the article's parameters, the repairs' shapes, repeatable results."""

import math

import pytest
import torch
import torch.nn.functional as F
from rounding import rounding
from seeded import seeded
from torch import nn

from mnist_sr_helpers import FACTORS, EnlargeFirstResidual, downsample, fit, load_digits, psnr, restore, upsample
from mnist_sr_helpers.augmentation import shift
from mnist_sr_helpers.models import EnlargeFirst, EnlargeLast, SimpleSR
from mnist_sr_helpers.training import train
from tools.resume import Resume

REPAIRED = (EnlargeFirst, EnlargeLast, EnlargeFirstResidual)


def count(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


@pytest.fixture(scope="module")
def images():
    return load_digits().images[:320]


def test_simplesr_is_the_articles():
    model = SimpleSR()
    assert [tuple(p.shape) for p in model.parameters()] == [(16, 1, 3, 3), (16,), (1, 16, 3, 3), (1,)]
    assert count(model) == 305
    assert model(torch.zeros(2, 1, 14, 14)).shape == (2, 1, 14, 14)


def test_simplesr_sees_five_by_five_pixels():
    model = SimpleSR()
    x = torch.zeros(1, 1, 15, 15, requires_grad=True)
    nn.init.ones_(model.conv1.weight)  # so that no path is cut by the ReLU
    model(x + 1)[0, 0, 7, 7].backward()
    seen = (x.grad[0, 0] != 0).nonzero()
    assert seen.min(0).values.tolist() == [5, 5]
    assert seen.max(0).values.tolist() == [9, 9]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("build", REPAIRED)
def test_repairs_enlarge(build, factor):
    side = 28 // factor
    assert build(factor)(torch.zeros(2, 1, side, side)).shape == (2, 1, 28, 28)


def test_repairs_have_the_stated_parameters():
    assert [count(EnlargeLast(factor)) for factor in FACTORS] == [160 + 145 * factor**2 for factor in FACTORS]
    assert count(EnlargeFirst(2)) == count(EnlargeFirstResidual(2)) == 305


def test_residual_starts_exactly_at_bicubic(images):
    low = downsample(images, 4)
    assert restore(EnlargeFirstResidual(4), low).equal(upsample(low, 4))


@pytest.mark.parametrize("build", REPAIRED)
def test_fit_learns_and_repeats(build, images):
    def trained(seed):
        torch.manual_seed(seed)
        model = build(2)
        return model, fit(model, images, 2, epochs=2, seed=seed)

    first, history = trained(0)
    again, same = trained(0)
    _, other = trained(1)
    assert history.losses == same.losses
    assert history.losses != other.losses
    assert all(a.equal(b) for a, b in zip(first.parameters(), again.parameters(), strict=True))
    assert len(history.losses) == 2 * 20
    assert sum(history.losses[-10:]) < sum(history.losses[:10])


def test_fit_leaves_the_notebooks_random_numbers_alone(images):
    model = EnlargeFirst(2)
    before = torch.get_rng_state()
    fit(model, images, 2)
    assert torch.get_rng_state().equal(before)


def test_training_beats_bicubic_on_digits_not_seen(images):
    test = load_digits(split="test").images
    low = downsample(test, 2)
    torch.manual_seed(0)
    model = EnlargeFirstResidual(2)
    fit(model, load_digits().images[:1000], 2)
    gain = psnr(restore(model, low).clamp(0, 1), test).mean() - psnr(upsample(low, 2).clamp(0, 1), test).mean()
    assert 2 < gain < 10


def test_the_articles_bug_is_refused_with_the_way_on(images):
    with pytest.raises(ValueError, match=r"\(2, 1, 14, 14\) into \(2, 1, 28, 28\).*EnlargeFirst"):
        fit(SimpleSR(), images, 2)


class BatchMean(EnlargeFirst):
    def forward(self, y):
        return super().forward(y).mean(0, keepdim=True)


class Pair(EnlargeFirst):
    def forward(self, y):
        return super().forward(y), y


@pytest.mark.parametrize(
    ("model", "error", "words"),
    [
        (BatchMean(2), ValueError, r"it gives \(1, 1, 28, 28\)"),
        (Pair(2), TypeError, "must return a tensor, it returns tuple"),
        (nn.Upsample(scale_factor=2), ValueError, "no parameters to train"),
    ],
)
def test_models_that_would_train_silently_wrong_are_refused(model, error, words, images):
    with pytest.raises(error, match=words):
        fit(model, images, 2)


def test_a_single_step_would_learn_nothing_and_is_refused(images):
    with pytest.raises(ValueError, match="at least two steps"):
        fit(EnlargeFirst(2), images[:16], 2)


def test_restore_in_batches_is_the_same(images):
    model, low = EnlargeLast(2), downsample(images, 2)
    assert torch.allclose(restore(model, low, batch_size=7), restore(model, low), atol=rounding(9 * 16))
    assert not restore(model, low).requires_grad


def test_the_progress_bar_is_silent_only_when_asked(images, monkeypatch, capfd):
    fit(EnlargeFirst(2), images, 2)
    assert capfd.readouterr().err == ""
    monkeypatch.delenv("TQDM_DISABLE")
    fit(EnlargeFirst(2), images, 2)
    bar = capfd.readouterr().err
    assert "20/20" in bar
    assert "loss=" in bar


def trained(images, **options):
    torch.manual_seed(0)
    model = EnlargeFirst(2)
    return model, fit(model, images, 2, **options).losses


def test_the_loss_is_the_one_given(images):
    """The first step's loss, before anything is learnt, is that of the untrained network on the first batch."""
    _, squared = trained(images)
    _, absolute = trained(images, loss=F.l1_loss)
    torch.manual_seed(0)
    model = EnlargeFirst(2)
    first = torch.randperm(len(images), generator=seeded())[:16]
    with torch.no_grad():
        estimate = model(downsample(images, 2)[first])
    assert squared[0] == pytest.approx(F.mse_loss(estimate, images[first]).item(), rel=1e-4)
    assert absolute[0] == pytest.approx(F.l1_loss(estimate, images[first]).item(), rel=1e-4)
    assert absolute[1:] != squared[1:]


def test_the_degradation_is_the_one_given(images):
    ways = [None, lambda x: downsample(x, 2), lambda x: downsample(x, 2, "nearest")]
    default, same, nearest = (trained(images, degrade=way)[1] for way in ways)
    assert default == same
    assert default != nearest


def test_a_network_is_best_on_the_degradation_that_it_learnt(images):
    kinds = {kind: (lambda x, kind=kind: downsample(x, 2, kind)) for kind in ("nearest", "bilinear")}
    x = load_digits(split="test").images[:200]
    networks = {kind: trained(images, epochs=10, degrade=way)[0] for kind, way in kinds.items()}

    def score(network, kind):
        return psnr(restore(networks[network], kinds[kind](x)).clamp(0, 1), x).mean()

    assert score("nearest", "nearest") > score("bilinear", "nearest")
    assert score("bilinear", "bilinear") > score("nearest", "bilinear")


def test_augmentation_changes_originals_before_they_are_degraded(images):
    seen = []

    def degrade(x):
        seen.append(x)
        return downsample(x, 2)

    def black_right_half(x, generator):
        assert isinstance(generator, torch.Generator)
        return x * (torch.arange(28) < 14)

    trained(images, degrade=degrade, augment=black_right_half)
    assert seen[0].equal(images)
    assert len(seen) == 1 + 20, "once to look at the shape, then each batch anew"
    assert all(len(batch) == 16 and batch[..., 14:].max() == 0 for batch in seen[1:])


def test_augmentation_repeats_with_the_seed_and_leaves_the_images_alone(images):
    before = images.clone()
    first, again, other, plain = (
        trained(images, seed=seed, augment=augment)[1]
        for seed, augment in ((0, shift), (0, shift), (1, shift), (0, None))
    )
    assert first == again
    assert first != other
    assert first != plain
    assert images.equal(before)


def test_augmentation_that_changes_nothing_is_training_without(images):
    _, plain = trained(images)
    _, same = trained(images, augment=lambda x, generator: x)
    assert plain == pytest.approx(same, rel=1e-5)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"loss": "l1"}, TypeError, "loss must be a function, got str 'l1'"),
        ({"loss": None}, TypeError, "loss must be a function, got NoneType"),
        ({"degrade": 2}, TypeError, "degrade must be a function, got int 2"),
        ({"augment": "flip"}, TypeError, "augment must be a function"),
        (
            {"loss": lambda p, t: p - t},
            ValueError,
            r"loss\(prediction, target\) must be a tensor of one number",
        ),
        ({"loss": lambda p, t: 0.5}, ValueError, "of one number, got float"),
        ({"degrade": lambda x: downsample(x, 2)[:5]}, ValueError, r"degrade\(images\) must give 320 pictures.*got 5"),
        ({"degrade": lambda x: downsample(x, 4)}, ValueError, r"model must turn \(2, 1, 7, 7\)"),
        ({"degrade": lambda x: None}, TypeError, r"degrade\(images\) must be a torch tensor"),
        ({"augment": lambda x, g: x * 2}, ValueError, r"augment\(batch, generator\) must lie in \[0, 1\]"),
        ({"augment": lambda x, g: x[:4]}, ValueError, r"must keep the shape \(16, 1, 28, 28\), got \(4, 1, 28, 28\)"),
        ({"augment": lambda x, g: None}, TypeError, r"augment\(batch, generator\) must be a torch tensor"),
    ],
)
def test_wrong_functions_are_named(options, error, words, images):
    with pytest.raises(error, match=f"{words}"):
        fit(EnlargeFirst(2), images.clamp(0.5, 1), 2, **options)


class Dropping(EnlargeFirst):
    def forward(self, y):
        return super().forward(F.dropout(y, 0.1, self.training))


def learn(images, loss=None, **options):
    """A network with dropout on shifted digits: every kind of random number that a training can hold."""

    def shifted(batch, generator):
        x = shift(batch[0], generator)
        return x, downsample(x, 2)

    def misfit(model, batch):
        return F.mse_loss(model(batch[1]), batch[0])

    torch.manual_seed(0)
    model = Dropping(2)
    settings = {"epochs": 3, "batch_size": 64, "learning_rate": 1e-2, "prepare": shifted, **options}
    return model, train(model, (images, downsample(images, 2)), loss or misfit, **settings)


def same(a: nn.Module, b: nn.Module) -> bool:
    return all(x.equal(y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


@pytest.mark.parametrize(("average", "one_cycle"), [(0.0, True), (0.9, True), (0.0, False)])
def test_an_interrupted_training_ends_as_an_uninterrupted_one(average, one_cycle, images, tmp_path):
    def first_pixel(model):
        return next(model.parameters()).flatten()[0].item()

    whole, history = learn(images, average=average, one_cycle=one_cycle, measure=first_pixel)
    resume = Resume(tmp_path / "a.partial")
    calls = iter(range(1000))

    def interrupted(model, batch):
        if next(calls) == 12:  # of five steps an epoch: in the third
            raise KeyboardInterrupt
        return F.mse_loss(model(batch[1]), batch[0])

    with pytest.raises(KeyboardInterrupt):
        learn(images, interrupted, average=average, one_cycle=one_cycle, measure=first_pixel, resume=resume)
    assert [file.name for file in tmp_path.iterdir()] == ["a.partial"]
    torch.manual_seed(99)
    resumed, resumed_history = learn(images, average=average, one_cycle=one_cycle, measure=first_pixel, resume=resume)
    assert same(whole, resumed)
    assert history == resumed_history
    assert len(history.losses) == 15
    measured = []
    options = {"average": average, "one_cycle": one_cycle, "measure": lambda model: measured.append(first_pixel(model))}
    finished, _ = learn(images, resume=resume, **options)
    assert same(whole, finished)
    assert measured == history.held_out[-1:], "the last state leaves an epoch to measure"


def test_gradients_are_cut_to_a_norm(images):
    norms = []

    def recorded(parameters, **options):
        updates = torch.optim.SGD(parameters, lr=0.1)
        parameters = updates.param_groups[0]["params"]
        updates.register_step_pre_hook(lambda *_: norms.append(nn.utils.get_total_norm([p.grad for p in parameters])))
        return updates

    learn(images, clip=1e-3, optimiser=recorded, one_cycle=False)
    torch.testing.assert_close(torch.stack(norms), torch.full((15,), 1e-3), rtol=1e-3, atol=0)
    assert same(*(learn(images, clip=clip)[0] for clip in (math.inf, 1e3))), "shorter ones stay"


def test_half_the_bits_lead_near_the_same_network(images):
    whole, half = (learn(images, precision=precision)[0] for precision in (torch.float32, torch.bfloat16))
    assert not same(whole, half)
    for a, b in zip(whole.parameters(), half.parameters(), strict=True):
        assert b.dtype == torch.float32
        torch.testing.assert_close(a, b, rtol=0, atol=0.05)


def test_the_state_of_another_training_is_refused(images, tmp_path):
    resume = Resume(tmp_path / "a.partial")
    learn(images, resume=resume)
    with pytest.raises(ValueError, match=r"a\.partial is of another training.*Delete it"):
        learn(images, resume=resume, epochs=4)


def test_a_damaged_state_is_named(images, tmp_path):
    resume = Resume(tmp_path / "a.partial")
    learn(images, resume=resume)
    resume.path.write_bytes(resume.path.read_bytes()[:1000])
    with pytest.raises(RuntimeError, match=r"a\.partial is damaged.*Delete it to begin anew"):
        learn(images, resume=resume)


def test_the_average_is_the_exponential_moving_average_of_the_weights(images):
    seen = []

    def watched(model, batch):
        seen.append([part.detach().clone() for part in model.parameters()])
        return F.mse_loss(model(batch[1]), batch[0])

    last, _ = learn(images, watched)
    averaged, _ = learn(images, average=0.8)
    first, *later = *seen[1:], list(last.parameters())  # the weights after each step
    for weights in later:
        first = [0.8 * a + 0.2 * b for a, b in zip(first, weights, strict=True)]
    slack = rounding(2 * len(later))
    assert all(torch.allclose(a, b, atol=slack) for a, b in zip(first, averaged.parameters(), strict=True))
    assert not same(last, averaged)


@pytest.mark.parametrize("average", [0.0, 0.8])
def test_the_held_out_curve_measures_what_the_training_gives(average, images):
    def score(model):
        assert not model.training
        return psnr(restore(model, downsample(images, 2)).clamp(0, 1), images).mean().item()

    model, history = learn(images, measure=score, average=average)
    assert len(history.held_out) == 3
    assert history.held_out[-1] == score(model)
    assert len(set(history.held_out)) == 3
    assert not model.training


def test_measuring_changes_no_weight(images):
    plain, history = learn(images)
    measured, _ = learn(images, measure=lambda model: 0.0)
    assert same(plain, measured)
    assert history.held_out == []
