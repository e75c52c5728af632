"""The results that "The verdict" states in prose."""

import lzma
from functools import cache

import torch

from mnist_sr_helpers import (
    AUGMENTATIONS,
    bootstrap_interval,
    downsample,
    load_digits,
    load_photographs,
    load_results,
    psnr,
    read_digits,
)

from .measuring import (
    Claim,
    brought_back,
    left,
    lost_share,
    read,
    score,
    shipped,
    squared_error,
    test_digits,
)

ARTICLE = "article_last"
JUDGED = ("article_first", ARTICLE, "edsr")
FACTORS = (2, 4, 7, 14)


def full(part: str, label: str) -> dict:
    """A measurement of the full run."""
    return load_results("trial")["parts"][part][label]


@cache
def bits(subject: str, shuffled: bool = False) -> float:
    """Bits for each pixel after compression, of 81 pictures."""
    pictures = {"digits": test_digits().images[:81], **load_photographs()}[subject].flatten(1)
    if shuffled:
        pictures = pictures.gather(1, torch.rand(81, 784, generator=torch.Generator().manual_seed(0)).argsort(1))
    levels = (pictures * 255).round().to(torch.uint8)
    return 8 * len(lzma.compress(levels.numpy().tobytes())) / levels.numel()


@cache
def class_means() -> torch.Tensor:
    train = load_digits()
    return torch.stack([train.images[train.labels == label].mean(0) for label in range(10)])


def answers(name: str, factor: int) -> torch.Tensor:
    """A rung's estimates, clipped, or "inked": the means of the digits' classes, each as bright as the digit."""
    if name != "inked":
        return shipped(name, factor).clamp(0, 1)
    x, forms = test_digits().images, class_means()[test_digits().labels]
    return forms * x.mean((1, 2, 3), keepdim=True) / forms.mean((1, 2, 3), keepdim=True)


def each_own(name: str, factor: int) -> torch.Tensor:
    """Of each digit the correlation of what is its own with the estimate's."""
    x, labels = test_digits()
    a, b = ((images - class_means()[labels]).flatten(1) for images in (x, answers(name, factor)))
    return torch.cosine_similarity(a, b)


def own(name: str, factor: int) -> float:
    """Their mean."""
    return each_own(name, factor).mean().item()


@cache
def look_alikes(factor: int) -> torch.Tensor:
    """Of each class the ten pairs of test digits that are nearest to one another in low resolution, (2, 100)."""
    x, labels = test_digits()
    y, pairs = downsample(x, factor).flatten(1), []
    for label in range(10):
        members = (labels == label).nonzero()[:, 0]
        near = torch.pdist(y[members]).topk(10, largest=False).indices
        pairs.append(members[torch.combinations(torch.arange(len(members)))[near]].T)
    return torch.cat(pairs, dim=1)


def alike(what: str, name: str, factor: int) -> float:
    """How far the estimates for look-alikes are from one another ("apart") or from their truth, over the digits'."""
    (a, b), x = look_alikes(factor), test_digits().images
    outputs, both = answers(name, factor), torch.cat([a, b])
    difference = outputs[a] - outputs[b] if what == "apart" else outputs[both] - x[both]
    return (difference.square().mean() / (x[a] - x[b]).square().mean()).sqrt().item()


def pairs_apart(factor: int) -> torch.Tensor:
    """How far the look-alikes of each pair are apart in low resolution, in grey levels (RMS)."""
    a, b = downsample(test_digits().images, factor)[look_alikes(factor)]
    return 255 * (a - b).square().mean((1, 2, 3)).sqrt()


def critic(label: str, factor: int) -> float:
    """By what share the critic lowers the error."""
    found = full("mean", f"x{factor}, {label}")
    return found["gain"] / found["error"]


def critic_ends(factor: int) -> list[float]:
    """The ends of the interval of the share that the strongest critic takes off EDSR-like's error."""
    found = full("mean", f"x{factor}, EDSR-like, 55000 digits seen")
    return [end / found["error"] for end in found["interval"]]


BY_ALL = "article, enlarge last, 55000 digits seen"


@cache
def augmented(factor: int, *trainings: str) -> list[tuple[float, float, float]]:
    """Mean gain by augmentation and its interval over the seeds, of these trainings at a factor."""
    found = [load_results("trial")["gains"][f"x{factor}, {training}"] for training in trainings]
    return [(row["gain"], *row["interval"]) for row in found]


def by_digits(which: int) -> float:
    """What flipping 500 digits gains at x2 in seed 0's training alone (0), and the ends of its interval by digits."""
    found = load_results("trial")["gains"][f"x2, {FEW}, flip"]
    return [found["seed 0"], *found["seed 0, interval"]][which]


FEW, MANY = "500 digits, 100 passes", "5000 digits, 20 passes"
LONG_X2, LONG_X7 = "5000 digits, 80 passes, shift", "5000 digits, 240 passes, shift"
OF_MANY = [f"{MANY}, {kind}" for kind in list(AUGMENTATIONS)[1:]]


def of_the_articles(factor: int, label: str, where: str = "last") -> float:
    """An irreducible error, or its bound, over that of the article's network, which enlarges first or last."""
    if factor == 14:  # the ladder ends at x7
        article = full("mean", "x14, article, enlarge last, 5000 digits not seen")["error"]
    else:
        rows = load_results("ladder")["rows"]
        names = (f"article, enlarge {where}", factor)
        (article,) = [row["mse"] for row in rows if (row["estimator"], row["factor"]) == names]
    return full("irreducible", f"x{factor}, {label}")["error"] / article


def on_files(estimator: str) -> float:
    """PSNR at x2 of what was made for low resolution as files hold it."""
    rows = load_results("ladder")["rows"]
    return next(row["file"] for row in rows if (row["estimator"], row["factor"]) == (estimator, 2))


def digits_chance() -> float:
    """Half the widest 95% interval, over blocks of digits, of a mean PSNR in dB that the verdicts state."""
    x = test_digits().images
    scores = (psnr(shipped(name, f).clamp(0, 1), x) for name in ("bicubic", ARTICLE, "edsr") for f in (2, 4, 7))
    ends = [bootstrap_interval(score, block=50) for score in scores]
    return max(high - low for low, high in ends) / 2


def shares_chance() -> float:
    """Half the widest 95% interval, over blocks of digits, of a share read and of a correlation that they state."""
    read = (read_digits(shipped(name, f)) == test_digits().labels for name in ("bicubic", *JUDGED) for f in (2, 4, 7))
    correlations = (each_own(name, f) for name in JUDGED for f in (2, 7, 14))
    ends = [bootstrap_interval(part.float(), block=50) for part in (*read, *correlations)]
    return max(high - low for low, high in ends) / 2


def seeds_chance() -> float:
    """The widest range of a small network's seeds on the ladder, in dB."""
    ranges = [max(row["seeds"]) - min(row["seeds"]) for row in load_results("ladder")["rows"] if row.get("seeds")]
    return max(ranges)


def least() -> float:
    """The lowest error at x7 that the course reaches."""
    return full("irreducible", "x7, the sampler's guess at t = 0")["error"]


CLAIMS = {
    "the_verdict.bits-digits": Claim(lambda: bits("digits"), 1.3, 1.7),
    "the_verdict.bits-photographs": Claim(lambda: min(map(bits, load_photographs())), 4, 8),
    "the_verdict.bits-shuffled": Claim(lambda: bits("digits", True), 2.1, 2.3),
    "the_verdict.photographs-shuffled": Claim(lambda: min(bits(name, True) for name in load_photographs()), 5.7, 6.2),
    "the_verdict.digits-chance": Claim(digits_chance, 0.18, 0.28),
    "the_verdict.shares-chance": Claim(shares_chance, 0.02, 0.035),
    "the_verdict.seeds-chance": Claim(seeds_chance, 0.55, 0.64),
    "the_verdict.deleted-coffee": Claim(lambda: lost_share("coffee", 2), 0.035, 0.045),
    "the_verdict.back-article-x2": Claim(lambda: brought_back(ARTICLE, 2), 0.72, 0.76),
    "the_verdict.back-article-x7": Claim(lambda: brought_back(ARTICLE, 7), 0.32, 0.37),
    "the_verdict.left-article-x2": Claim(lambda: left(ARTICLE, 2), 0.038, 0.048),
    "the_verdict.left-article-x7": Claim(lambda: left(ARTICLE, 7), 0.68, 0.76),
    "the_verdict.near-x7": Claim(lambda: full("near", "x7, 60000 digits, any class")["share"], 0.095, 0.108),
    "the_verdict.left-edsr-x14": Claim(lambda: left("edsr", 14), 0.975, 0.985),
    "the_verdict.ten-x4": Claim(lambda: full("near", "x4, 60000 digits, any class")["below 10"], 0.205, 0.213),
    "the_verdict.own-first-x2": Claim(lambda: own("article_first", 2), 0.965, 0.975),
    "the_verdict.own-first-x7": Claim(lambda: own("article_first", 7), 0.315, 0.325),
    "the_verdict.own-first-x14": Claim(lambda: own("article_first", 14), 0.018, 0.028),
    "the_verdict.own-article-x14": Claim(lambda: own(ARTICLE, 14), 0.19, 0.205),
    "the_verdict.own-edsr-x14": Claim(lambda: own("edsr", 14), 0.31, 0.33),
    "the_verdict.own-article-x2": Claim(lambda: own(ARTICLE, 2), 0.96, 0.99),
    "the_verdict.own-article-x7": Claim(lambda: own(ARTICLE, 7), 0.47, 0.53),
    "the_verdict.own-edsr-x7": Claim(lambda: own("edsr", 7), 0.87, 0.91),
    **{
        f"the_verdict.{what}-{short}-x{factor}": Claim(
            lambda what=what, name=name, factor=factor: alike(what, name, factor), found - 0.006, found + 0.006
        )
        for name, short, factor, apart, error in (
            ("article_first", "first", 7, 0.20, 1.06),
            (ARTICLE, "last", 7, 0.25, 0.94),
            ("edsr", "edsr", 7, 0.77, 0.45),
        )
        for what, found in (("apart", apart), ("error", error))
    },
    "the_verdict.apart-x14": Claim(lambda: max(alike("apart", name, 14) for name in JUDGED), 0.125, 0.135),
    "the_verdict.error-x14": Claim(lambda: min(alike("error", name, 14) for name in JUDGED), 0.815, 0.825),
    # One who draws the class's mean, as bright as the digit, is convicted, of i and of l.
    "the_verdict.apart-inked": Claim(lambda: alike("apart", "inked", 7), 0.06, 0.07),
    "the_verdict.error-inked": Claim(lambda: alike("error", "inked", 7), 1, 1.02),
    "the_verdict.critic-edsr-x2": Claim(lambda: 1 - of_the_articles(2, "EDSR-like"), 0.81, 0.825),
    "the_verdict.critic-first-x7": Claim(lambda: 1 - of_the_articles(7, "EDSR-like", "first"), 0.785, 0.795),
    "the_verdict.form-first-x7": Claim(
        lambda: score("article, enlarge last", 7) - score("article, enlarge first", 7), 1.18, 1.28
    ),
    "the_verdict.form-second-x7": Claim(
        lambda: score("SimpleSR, enlarge last", 7) - score("SimpleSR, enlarge first", 7), 2.05, 2.15
    ),
    "the_verdict.longer-second-x7": Claim(
        lambda: score("SimpleSR, enlarge last", 7) - score("article, enlarge last", 7), 0.87, 0.97
    ),
    "the_verdict.own-inked": Claim(lambda: own("inked", 14), 0.178, 0.186),
    "the_verdict.least-x2": Claim(lambda: pairs_apart(2).min().item(), 8, 9),
    "the_verdict.half-x7": Claim(lambda: pairs_apart(7).median().item(), 6, 7),
    "the_verdict.critic-linear": Claim(lambda: critic("linear MMSE, 55000 digits seen", 7), 0.485, 0.495),
    "the_verdict.critic-article": Claim(lambda: critic(BY_ALL, 7), 0.485, 0.495),
    "the_verdict.critic-edsr": Claim(lambda: critic("EDSR-like, 55000 digits seen", 7), 0.0118, 0.0128),
    "the_verdict.critic-edsr-x14": Claim(lambda: critic("EDSR-like, 55000 digits seen", 14), -0.001, 0.001),
    "the_verdict.critic-edsr-low": Claim(lambda: critic_ends(7)[0], 0.0115, 0.0125),
    "the_verdict.critic-edsr-high": Claim(lambda: critic_ends(7)[1], 0.0125, 0.0135),
    "the_verdict.critic-article-x14": Claim(lambda: critic(BY_ALL, 14), 0.065, 0.075),
    "the_verdict.critic-mean": Claim(
        lambda: max(critic("known world, posterior mean, 15000 digits", f) for f in (4, 7, 14)), -0.2, 0.01
    ),
    "the_verdict.guess-x7": Claim(lambda: 1 - least() / full("irreducible", "x7, EDSR-like")["error"], 0.095, 0.11),
    "the_verdict.e-short-x2": Claim(lambda: score("edsr", 2) - score(ARTICLE, 2), 7.5, 8.5),
    "the_verdict.e-short-files": Claim(lambda: on_files("EDSR-like") - on_files("article, enlarge last"), 5.7, 6.3),
    "the_verdict.e-read-x2": Claim(lambda: read(ARTICLE, 2), 0.993, 0.996),
    "the_verdict.e-read-bicubic": Claim(lambda: read("bicubic", 2), 0.9905, 0.9925),
    "the_verdict.e-gain-first-x2": Claim(lambda: score("article_first", 2) - score("bicubic", 2), 6.3, 6.7),
    "the_verdict.e-gain-x2": Claim(lambda: score(ARTICLE, 2) - score("bicubic", 2), 6.8, 7.2),
    "the_verdict.bound-x7": Claim(lambda: least() / full("irreducible", "x7, bicubic")["error"], 0.148, 0.158),
    "the_verdict.bound-article-x2": Claim(lambda: of_the_articles(2, "EDSR-like"), 0.175, 0.19),
    "the_verdict.bound-article-x7": Claim(lambda: of_the_articles(7, "the sampler's guess at t = 0"), 0.24, 0.265),
    "the_verdict.bound-article-x14": Claim(lambda: of_the_articles(14, "60000 digits, k = 4"), 0.9, 0.94),
    "the_verdict.bound-first-x14": Claim(
        lambda: full("irreducible", "x14, 60000 digits, k = 4")["error"] / squared_error(shipped("article_first", 14)),
        0.58,
        0.62,
    ),
    "the_verdict.augment-many-x7": Claim(lambda: sum(high < 0 for *_, high in augmented(7, *OF_MANY)), 3.5, 4.5),
    "the_verdict.augment-cost-x2": Claim(lambda: sum(high < 0 for *_, high in augmented(2, *OF_MANY)), 1.5, 2.5),
    "the_verdict.augment-many-x2": Claim(lambda: sum(low > 0 for _, low, _ in augmented(2, *OF_MANY)), 0, 0.5),
    "the_verdict.augment-shift-x2": Claim(lambda: augmented(2, f"{FEW}, shift")[0][0], 0.35, 0.4),
    "the_verdict.augment-shift-x7": Claim(lambda: augmented(7, f"{FEW}, shift")[0][0], 0.1, 0.14),
    "the_verdict.augment-long-x2": Claim(lambda: augmented(2, LONG_X2)[0][0], 0.16, 0.17),
    "the_verdict.augment-long-x7": Claim(lambda: augmented(7, LONG_X7)[0][0], 0.105, 0.115),
    "the_verdict.augment-long-low": Claim(
        lambda: max(low for _, low, _ in augmented(2, LONG_X2) + augmented(7, LONG_X7)), -0.05, 0
    ),
    "the_verdict.augment-rotate-x2": Claim(lambda: -augmented(2, f"{FEW}, rotate")[0][0], 0.9, 0.97),
    "the_verdict.augment-rotate-x7": Claim(lambda: augmented(7, f"{FEW}, rotate")[0][0], 0.09, 0.1),
    "the_verdict.augment-by-digits": Claim(lambda: by_digits(0), 0.16, 0.17),
    "the_verdict.augment-by-digits-low": Claim(lambda: by_digits(1), 0.135, 0.145),
    "the_verdict.augment-by-digits-high": Claim(lambda: by_digits(2), 0.185, 0.195),
    # The field's gains.
    "the_verdict.srcnn-x2": Claim(lambda: score("srcnn", 2) - score("bicubic", 2), 11.35, 11.5),
    "the_verdict.srcnn-x4": Claim(lambda: score("srcnn", 4) - score("bicubic", 4), 8.4, 8.6),
}
