"""The JavaScript engine against the package: every rung of every factor, degradation, scores, reader, flow, drawing.

Also forgeries and the Hedge's numbers.
"""

import base64
import itertools
import re
import shutil
import subprocess

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from live_page import assets, opened  # noqa: F401, a fixture

from mnist_sr_helpers import ladder, metrics, sampling
from mnist_sr_helpers.degradation import FACTORS, KERNELS, downsample, quantise, upsample
from mnist_sr_helpers.digits import load_digits
from mnist_sr_helpers.estimators import LinearEstimator, forge, nearest_of_class
from mnist_sr_helpers.explorers import hedge
from mnist_sr_helpers.explorers.drawing import centre_like_mnist, draw_strokes
from mnist_sr_helpers.models import Reader
from mnist_sr_helpers.weights import cached_reader, checkpoint, parts_of
from tools.web_assets import LIVE, LOOK_ALIKES, as_bytes, as_script, constants, named

COUNT = 12
NOTHING, DOT, FIELD = [], [[(0.3, 0.4)]], [[(x / 20, y) for x in range(21) for y in (0.0, 1.0)]]
FIVE = [[(0.7, 0.2), (0.35, 0.2), (0.33, 0.45), (0.6, 0.45), (0.68, 0.65), (0.5, 0.82), (0.3, 0.75)]]
WITHOUT = {"fused": 0, "kernel": 1, "plain": 2}  # how many the browser is without
START = """async without => {
    window.tensors = await mnistSr.load('digits');
    window.engine = mnistSr.engine(mnistSr.COURSE, tensors, mnistSr.KERNELS.slice(without));
    window.digits = mnistSr.picturesOf(tensors.get('images'));
    window.part = (all, i) => Float32Array.from(all[i]);
}"""
RESTORE = """async ([rung, factor, lows]) => {
    const needs = mnistSr.COURSE.needs[rung];
    let tensors = needs && await mnistSr.load(needs === 'train' ? needs : `${needs}_x${factor}`);
    if (needs === 'train') tensors = engine.lows(mnistSr.picturesOf(tensors.get('images')), factor);
    return lows.map(low => Array.from(engine.restore(rung, Float32Array.from(low), factor, tensors)));
}"""


@pytest.fixture(scope="module", params=WITHOUT)
def page(request, browser, assets):  # noqa: F811
    with opened(browser, assets) as (page, faults):
        page.evaluate(START, WITHOUT[request.param])
        assert page.evaluate("engine.name") == ("JavaScript" if request.param == "plain" else "WebAssembly")
        yield page
        assert faults == []


@pytest.fixture(scope="module")
def kernel_page(browser, assets):  # noqa: F811
    with opened(browser, assets) as (page, _):
        page.evaluate(START, 0)
        yield page


@pytest.fixture(scope="module")
def digits():
    return load_digits(split="test").images[:COUNT]


def listed(x: torch.Tensor) -> list[list[float]]:
    """Pictures as lists of numbers, as a page takes them."""
    return x.flatten(1).tolist()


def tensor(numbers: list) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float32)


def rounded_as_shipped(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Weights as the site ships them: most rounded to 16 bits."""
    return {name.removeprefix("/"): value.float() for name, value in named("", tensors).items()}


def shipped(name: str, factor: int, key: str = ""):
    """The rung `name` as the site ships it, or its network in the file of `key`: from low resolution to estimates."""
    how = ladder.LADDER[name]
    if name == "linear MMSE":
        parts = rounded_as_shipped(parts_of(checkpoint("linear", factor))[0])
        return LinearEstimator(parts["weight"].double(), parts["bias"].double())
    if not how.key:
        return how.build(factor)
    network = how.build(factor).eval()
    weights = parts_of(checkpoint(key or how.key, factor), ladder.names(how, factor)[0])[0]
    network.load_state_dict(rounded_as_shipped(weights))
    return torch.no_grad()(network)


def test_the_digits_arrive(kernel_page):
    images, labels = load_digits(split="test")
    bytes_ = kernel_page.evaluate("btoa(String.fromCharCode(...tensors.get('images').data.subarray(0, 78400)))")
    assert base64.b64decode(bytes_) == as_bytes(images[:100]).numpy().tobytes()
    assert kernel_page.evaluate("Array.from(tensors.get('labels').data)") == labels.tolist()
    last = tensor(kernel_page.evaluate("Array.from(digits.at(-1))"))
    assert torch.equal(last, images[-1].flatten())


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_every_rung_is_pythons(page, digits, factor):
    low = downsample(digits, factor)
    for name in ladder.RUNGS:
        expected = shipped(name, factor)(low).flatten(1)
        found = tensor(page.evaluate(RESTORE, [name, factor, listed(low)]))
        assert (found - expected).abs().max() < 1e-5, name


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_what_float16_costs(factor):
    """How far PSNR changes on the sample's 1,000 test digits: the largest and the mean, of the larger rungs."""
    images, _ = load_digits(split="test")
    low = downsample(images, factor)
    for name in ("linear MMSE", "residual MLP", "ESPCN", "EDSR-like"):
        exact, rounded = (rung(low).clamp(0, 1) for rung in (ladder.rung(name, factor), shipped(name, factor)))
        change = (metrics.psnr(exact, images) - metrics.psnr(rounded, images)).abs()
        print(f"float16, {name} at x{factor}: PSNR changes by {change.max():.4f} dB at most, {change.mean():.5f} mean")
        assert change.max() < 0.05
        assert change.mean() < 0.01


def test_degradation_is_pythons(page, digits):
    generator = torch.Generator().manual_seed(0)
    for factor in FACTORS:
        noise = 0.1 * torch.randn(downsample(digits, factor).shape, generator=generator)
        for kernel in KERNELS:
            for antialias in (True, False):
                low = downsample(digits, factor, kernel, antialias)
                for file, noisy in ((False, False), (True, True)):
                    exact = low + noise if noisy else low
                    expected = quantise(exact) if file else exact
                    how = {"factor": factor, "kernel": kernel, "antialias": antialias, "file": file}
                    found = page.evaluate(
                        """([how, noise]) => digits.slice(0, 12).map((x, i) => Array.from(
                            engine.degrade(x, {...how, noise: noise && part(noise, i)})))""",
                        [how, listed(noise) if noisy else None],
                    )
                    off = (tensor(found) - expected.flatten(1)).abs()
                    edge = ((255 * exact.flatten(1)) % 1 - 0.5).abs() < 1e-3  # between two levels: may fall to either
                    assert off[~(edge & file)].max() < 1e-6
                    assert off.max() < 1.01 / 255
            found = page.evaluate(
                "([ys, ...how]) => ys.map(y => Array.from(engine.upsample(Float32Array.from(y), ...how)))",
                [listed(downsample(digits, factor)), factor, kernel],
            )
            assert (tensor(found) - upsample(downsample(digits, factor), factor, kernel).flatten(1)).abs().max() < 1e-6


def test_scores_are_pythons(page, digits):
    other = upsample(downsample(digits, 2), 2).clamp(0, 1)
    for name, function in (("psnr", metrics.psnr), ("ssim", metrics.ssim)):
        found = page.evaluate(
            f"others => others.map((_, i) => engine.{name}(part(others, i), digits[i]))", listed(other)
        )
        assert (tensor(found) - function(other, digits)).abs().max() < 1e-4, name
    assert page.evaluate("engine.psnr(digits[0], digits[0])") == np.inf
    assert page.evaluate("engine.ssim(digits[0], digits[0])") == pytest.approx(1, abs=1e-9)


def test_the_reader_reads_as_pythons(page):
    images = load_digits(split="test").images[::5]
    pictures = torch.cat([images, upsample(downsample(images, 4), 4), upsample(downsample(images, 14), 14)])
    reader = Reader().eval()
    reader.load_state_dict(rounded_as_shipped(cached_reader().state_dict()))
    expected = reader(pictures.clamp(0, 1)).detach()
    read = """async xs => { const tensors = await mnistSr.load('reader'); return xs.map((_, i) => {
        const {label, share} = engine.read(part(xs, i), tensors);
        return [label, share, ...engine.scores(part(xs, i), tensors)]; }) }"""
    found = tensor(page.evaluate(read, listed(pictures)))
    assert (found[:, 2:] - expected).abs().max() < 1e-4
    assert torch.equal(found[:, 0].long(), expected.argmax(1))
    assert torch.allclose(found[:, 1], expected.softmax(1).max(1).values, atol=1e-5)
    changed = (expected.argmax(1) != metrics.read_digits(pictures)).sum().item()
    print(f"float16: {changed} of {len(pictures)} readings change")
    assert changed <= 3


@pytest.mark.parametrize("factor", tuple(sampling.SPREADS))
def test_the_flow_is_pythons(page, digits, factor, monkeypatch):
    """Steps of the same network with the same rounded weights: the whole way, its end, and the mean."""
    low = downsample(digits[:2], factor)
    network = sampling.Denoiser(factor).eval()
    network.load_state_dict(rounded_as_shipped(parts_of(checkpoint("flow", factor))[0]))
    guide = shipped("EDSR-like", factor, "guide")
    clue = 2 * torch.cat([guide(low), upsample(low, factor)], dim=1) - 1
    monkeypatch.setattr(sampling, "cached_denoiser", lambda factor: network)
    monkeypatch.setattr(sampling, "clues", lambda low, factor: clue)
    noise = torch.randn((1, 1, 28, 28), generator=torch.Generator().manual_seed(3)) * sampling.TEMPERATURES[factor]
    guess = sampling.learnt_guess(low, factor)
    with torch.no_grad():
        path = sampling.follow(guess, noise.expand(2, -1, -1, -1))
        mean = guess(0 * path[0], torch.zeros(2, 1, 1, 1))
    script = """async ([lows, factor]) => {
        const flow = await mnistSr.load(`flow_x${factor}`), noise = flow.get('noises');
        return lows.map((_, i) => {
            const low = part(lows, i), clue = engine.clues(low, factor, flow);
            const z = noise.data.slice(3 * 784, 4 * 784);
            const path = [...engine.follow(z, clue, factor, flow, mnistSr.COURSE.steps)].map(one => Array.from(one.z));
            const end = engine.settled(engine.toShown(Float32Array.from(path.at(-1))), low, factor);
            return [path, Array.from(engine.guess(new Float32Array(784), 0, clue, factor, flow)), Array.from(end)];
        });
    }"""
    for i, (found, found_mean, end) in enumerate(page.evaluate(script, [listed(low), factor])):
        expected = torch.stack([z[i].flatten() for z in path])
        assert torch.equal(tensor(found[0]), expected[0])  # the same noise
        assert (tensor(found) - expected).abs().max() < 2e-4  # 19 networks' rounding, one after another
        assert (tensor(found_mean) - mean[i].flatten()).abs().max() < 1e-5
        found_end = ((tensor(found[-1]) + 1) / 2).view(1, 1, 28, 28)
        expected_end = sampling.settled(found_end, low[i : i + 1], factor)
        assert (tensor(end) - expected_end.flatten()).abs().max() < 1e-6


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_forgeries_are_pythons(kernel_page, digits, factor):
    """Begun at the same training digit, and after all steps the same picture."""
    images, labels = load_digits()
    low, lies = downsample(digits, factor), torch.arange(COUNT) % 10
    starts = images[nearest_of_class(low, lies, images, labels, factor)]
    script = """async ([lows, lies, factor]) => {
        const tensors = await mnistSr.load('train'), labels = tensors.get('labels').data;
        const train = mnistSr.picturesOf(tensors.get('images'));
        return lies.map((lie, i) => {
            const ofClass = engine.lows(train.filter((_, at) => labels[at] === lie), factor), low = part(lows, i);
            const [start] = engine.nearest(low, ofClass, 1);
            return [start, engine.forge(start, low, factor)].map(x => Array.from(x));
        });
    }"""
    found = tensor(kernel_page.evaluate(script, [listed(low), lies.tolist(), factor]))
    assert torch.equal(found[:, 0], starts.flatten(1))
    assert (found[:, 1] - forge(starts, low, factor).flatten(1)).abs().max() < 1e-5


def test_the_hedges_numbers_are_pythons(kernel_page):
    """The estimate and its errors, against the truth, a random one and all pictures, in each of the 330 states."""
    script = """async ([samples, steps]) => {
        mnistSr.here.set('hedge', await mnistSr.load('hedge'));
        const states = Array.from({length: 10}, (_, query) => samples.map(sample => steps.map(t => {
            const {cells: [[, y,,, estimate]], curves: {marks}} = mnistSr.EXPLORERS.hedge.show({query, t, sample});
            return [Array.from(y), Array.from(estimate), marks.map(mark => mark.now), ...marks.map(mark => mark.curve)];
        })));
        return states.flat(2);
    }"""
    found = iter(kernel_page.evaluate(script, [hedge.SAMPLES, hedge.STEPS]))
    known = hedge.known_world()
    for query, sample, t in itertools.product(range(10), hedge.SAMPLES, hedge.STEPS):
        pictures = known.y[known.ten[query]], hedge.hedged(query, t, sample)
        expected = [*pictures, hedge.errors(query, t, sample), *hedge.curves_of(query, sample)]
        for one, other in zip(next(found), expected, strict=True):
            assert (tensor(one) - torch.as_tensor(other).flatten()).abs().max() < 1e-6, (query, t, sample)


def test_centring_is_pythons(kernel_page):
    for strokes in (DOT, FIELD, FIVE, [[(0, 0)]], [[(0.5, 0.1), (0.5, 0.9)]]):
        bitmap = draw_strokes(strokes)
        for scale in (1, 20):  # a bitmap smaller than MNIST's box grows
            drawn = F.avg_pool2d(bitmap, scale)
            found = kernel_page.evaluate(
                "x => Array.from(mnistSr.centreLikeMnist(Float32Array.from(x)))", drawn.flatten().tolist()
            )
            assert (tensor(found) - centre_like_mnist(drawn).flatten()).abs().max() < 1e-6


def test_strokes_are_nearly_pythons(kernel_page):
    """Edges differ by a pixel: PIL has rules of its own."""
    for strokes in (DOT, FIVE):
        found = tensor(kernel_page.evaluate("strokes => Array.from(mnistSr.drawStrokes(strokes))", strokes))
        expected = draw_strokes(strokes).flatten()
        assert (found != expected).sum() < 0.1 * expected.sum()


@pytest.mark.parametrize("strokes", [NOTHING, DOT, FIELD], ids=["nothing", "a dot", "the full field"])
def test_any_drawing_gives_numbers(page, strokes):
    script = """async strokes => {
        const x = mnistSr.centreLikeMnist(mnistSr.drawStrokes(strokes)), reader = await mnistSr.load('reader');
        const found = [];
        for (const factor of mnistSr.COURSE.factors.slice(1)) {
            const low = engine.downsample(x, factor);
            for (const rung of mnistSr.COURSE.methods) {
                const needs = mnistSr.COURSE.needs[rung];
                const tensors = needs && await mnistSr.load(`${needs}_x${factor}`);
                const estimate = engine.clip(engine.restore(rung, low, factor, tensors));
                found.push(engine.psnr(estimate, x), engine.ssim(estimate, x), engine.read(estimate, reader).share);
            }
        }
        return found.map(number => Number.isNaN(number));
    }"""
    assert not any(page.evaluate(script, strokes))


@pytest.mark.parametrize("damage", ["cut", "flipped", "missing", "empty"])
def test_a_damaged_file_is_named_and_the_rest_works(browser, assets, tmp_path, damage):  # noqa: F811
    shutil.copytree(assets / "live", tmp_path / "live")
    path = tmp_path / "live" / "weights_x4.js"
    text = path.read_text()
    middle = len(text) // 2
    broken = {
        "cut": text[:middle] + '");',
        "flipped": text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1 :],
        "empty": "",
    }
    if damage == "missing":
        path.unlink()
    else:
        path.write_text(broken[damage])
    with opened(browser, tmp_path) as (page, _):
        page.evaluate(START, 0)
        said = page.evaluate("mnistSr.load('weights_x4').then(() => '', error => error.message)")
        assert re.search(r"weights_x4\.js (is damaged|could not be loaded).*Load the page again", said)
        assert page.evaluate("mnistSr.load('weights_x7').then(tensors => tensors.size)") > 0
        low = downsample(load_digits(split="test").images[:1], 7)
        assert np.isfinite(page.evaluate(RESTORE, ["EDSR-like", 7, listed(low)])).all()


def test_halves_are_read_right(browser, assets, tmp_path):  # noqa: F811
    """All finite 16-bit floats, small ones below the normal range too."""
    every = torch.arange(65536).short().view(torch.float16)
    every = every[every.isfinite()]
    shutil.copytree(assets / "live", tmp_path / "live")
    (tmp_path / "live" / "halves.js").write_text(as_script("halves", {"odd": torch.ones(1).byte(), "x": every}))
    with opened(browser, tmp_path) as (page, _):
        found = page.evaluate("mnistSr.load('halves').then(tensors => Array.from(tensors.get('x').data))")
    assert torch.equal(tensor(found), every.float())


def test_every_rung_has_its_file():
    assert set(constants()["needs"]) == set(ladder.RUNGS)
    assert constants()["needs"][LOOK_ALIKES] == "train"


def test_the_kernels_bytes_and_source_agree(tmp_path):
    wat2wasm = shutil.which("wat2wasm")
    if not wat2wasm:
        pytest.skip("wat2wasm is not on the PATH: npm install --global wabt, or apt install wabt")
    fused = (LIVE / "kernel.wat").read_text("utf-8")
    plain = re.sub(r"relaxed_madd (.*w\)) (.*) (\(local.get \$..\))", r"add \3 (f32x4.mul \1 \2)", fused)
    kernels = (LIVE / "kernel.js").read_text("utf-8").split("[")[1].split(",\n")
    for source, kernel in zip((fused, plain), kernels, strict=False):
        (tmp_path / "kernel.wat").write_text(source, "utf-8")
        wanted = tmp_path / "kernel.wasm"
        subprocess.run([wat2wasm, "--enable-relaxed-simd", tmp_path / "kernel.wat", f"--output={wanted}"], check=True)
        assert base64.b64decode("".join(re.findall(r'"([^"]+)"', kernel))) == wanted.read_bytes()
