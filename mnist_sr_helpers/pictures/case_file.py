"""The case file: one waterfall in dB from bicubic's restoration up to the perfect digit."""

import matplotlib.style
import torch
from matplotlib.figure import Figure

from .._arguments import check_choice
from ..degradation import FACTORS, downsample
from ..digits import load_digits
from ..estimators import project
from ..ladder import NETWORKS, doublings, rung
from ..metrics import psnr
from ..sampling import SPREADS, denoised_mean
from .figure import to_picture
from .grid import Picture
from .style import BLUE, INK, STYLE

STAGES = ("degradation", "simplesr", "what_is_lost", "model_or_information", "samples")
"""The topics of the lessons that add an entry, in their order."""

END = 50  # where the drawing ends, in dB: the same at every factor, so that bars can be compared


def case_entries(factor: int, until: str) -> list[tuple[str, float, float]]:
    """What is known up to `until`, one of STAGES: bicubic's restoration, then one entry for each better method.

    An entry holds the method, its mean PSNR in dB, and that of its estimates projected onto the data; over the bundled
    1,000 test digits, estimates clipped to [0, 1], antialiased bicubic low resolution. Of SimpleSR's three forms the
    one that scores highest on held-out training digits; a sampler is there at x7 and x14. Raises TypeError or
    ValueError for a wrong argument.
    """
    check_choice("factor", factor, FACTORS[1:])
    known = STAGES.index(check_choice("until", until, STAGES))
    methods = {"bicubic enlargement": "bicubic"}
    if known >= STAGES.index("simplesr"):
        form = max(("enlarge_first", "residual", "enlarge_last"), key=lambda key: doublings(key, factor)[-1][1])
        methods["learning: the article's network, enlarge first"] = "article, enlarge first"
        best = next(name for name, how in NETWORKS.items() if how.key == form)
        methods[f"form and training: {best}"] = best
    if known >= STAGES.index("model_or_information"):
        methods["a larger model, trained longer: EDSR-like"] = "EDSR-like"
    digits = load_digits(split="test").images
    low = downsample(digits, factor)

    def quality(estimate: torch.Tensor) -> float:
        return psnr(estimate.clamp(0, 1), digits).mean().item()

    estimates = {cause: rung(name, factor)(low) for cause, name in methods.items()}
    if known >= STAGES.index("samples") and factor in SPREADS:
        estimates["learning to sample: the sampler's first guess"] = denoised_mean(low, factor)
    return [(cause, quality(x), quality(project(x, low, factor))) for cause, x in estimates.items()]


@matplotlib.style.context(STYLE)
def case_file(factor: int, until: str) -> Picture:
    """Draw `case_entries` as a waterfall; what no entry explains yet stays open, up to the perfect digit.

    From the lesson on what is lost a mark beyond each bar says what projecting its estimates onto the data adds: as
    that can be done after each method, it is worth more or less, and has no place of its own in the order.
    Arguments and errors as in `case_entries`. Taught in "Degradation".
    """
    entries = case_entries(factor, until)
    projects = STAGES.index(until) >= STAGES.index("what_is_lost")
    causes = [method for method, *_ in entries] + ["not yet explained"]
    figure = Figure(figsize=(8.6, 0.52 * len(causes) + 1.1))
    axes = figure.subplots()
    before = 0.0
    said = []
    for row, (_, decibels, projected) in enumerate(entries):
        left, right = sorted((before, decibels))
        axes.barh(row, right - left, left=left, color=BLUE if row else "none", edgecolor=INK)
        text = f"{decibels:.1f} dB" + (f"  ({decibels - before:+.1f})" if row else "")
        if projects:
            axes.plot(projected, row, "|", color=INK, markersize=14, markeredgewidth=2)
            text += f"\nprojected {projected - decibels:+.1f}"
        axes.text(max(right, projected if projects else 0) + 0.5, row, text, va="center", fontsize=10)
        said.append(f"{causes[row]}: {text.replace(chr(10), ', ')}")
        before = decibels
    # A perfect digit is infinitely far: the last bar leaves the picture.
    axes.barh(len(entries), END + 0.5 - before, left=before, color="none", edgecolor=INK, hatch="///")
    axes.text(END, len(entries) + 0.48, "a perfect digit lies at infinity", va="top", ha="right")
    axes.set_yticks(range(len(causes)), causes)
    label = "mean PSNR in dB, 1,000 test digits" + ("\nstroke: projected onto the data" if projects else "")
    axes.set(xlabel=label, xlim=(0, END), ylim=(len(entries) + 0.95, -0.5), title=f"Case file, x{factor}")
    found = "; ".join(said)
    return to_picture(figure, f"Waterfall for x{factor}, mean PSNR. {found}. The rest, up to a perfect digit, is open.")
