"""The case file: one waterfall in dB from the article's picture up to the perfect digit."""

from typing import NamedTuple

import torch
from matplotlib.figure import Figure

from .._arguments import check_choice
from ..degradation import FACTORS, downsample, round_trip, wrap
from ..digits import load_digits
from ..estimators import project
from ..ladder import TRAINED, load_model
from ..metrics import psnr
from ..training import restore
from .figure import to_picture
from .grid import Picture

STAGES = ("degradation", "simplesr", "what_is_lost", "model_or_information")
"""The topics of the lessons that add an entry, in their order."""

END = 45
"""Where the drawing ends, in dB: the same at every factor, so that bars can be compared."""


class Entry(NamedTuple):
    """One find: `cause`, what it explains; `decibels`, the mean PSNR once it is mended."""

    cause: str
    decibels: float


def case_entries(factor: int, until: str) -> list[Entry]:
    """What is known up to `until`, one of STAGES: the article's picture, then one entry for each cause found.

    Mean PSNR over the bundled 1,000 test digits, estimates clipped to [0, 1], antialiased bicubic low
    resolution. Of SimpleSR's two better forms the one that scores higher on these digits, which favours it a little.
    Raises TypeError or ValueError for a wrong argument. Taught in "Degradation".
    """
    check_choice("factor", factor, FACTORS[1:])
    known = STAGES[: STAGES.index(check_choice("until", until, STAGES)) + 1]
    digits = load_digits(split="test").images
    low = downsample(digits, factor)
    enlarged = round_trip(digits, factor)

    def quality(estimate: torch.Tensor) -> float:
        return psnr(estimate.clamp(0, 1), digits).mean().item()

    entries = [
        Entry("made as in the article: values wrap", quality(wrap(enlarged))),
        Entry("bug: clip instead of wrapping", quality(enlarged)),
    ]
    if "simplesr" in known:
        estimates = {name: restore(load_model(name, factor), low) for name in TRAINED}
        scores = {name: quality(estimate) for name, estimate in estimates.items()}
        best = max(("residual", "enlarge_last"), key=scores.__getitem__)
        entries += [
            Entry("learning: SimpleSR, enlarge first", scores["enlarge_first"]),
            Entry(f"form of the model: {best.replace('_', ' ')}", scores[best]),
        ]
    if "what_is_lost" in known:
        fitting = quality(project(estimates[best], low, factor))
        entries.append(Entry("consistency: projected onto the data", fitting))
    if "model_or_information" in known:
        large = quality(restore(load_model("edsr", factor), low))
        entries.append(Entry("larger model, longer training: EDSR-like", large))
    return entries


def case_file(factor: int, until: str) -> Picture:
    """Draw `case_entries` as a waterfall; what no entry explains yet stays open, up to the perfect digit.

    Arguments and errors as in `case_entries`. Taught in "Degradation".
    """
    entries = case_entries(factor, until)
    causes = [entry.cause for entry in entries] + ["not yet explained"]
    figure = Figure(figsize=(8.6, 0.52 * len(causes) + 1.1), layout="constrained")
    axes = figure.subplots()
    before = 0.0
    for row, entry in enumerate(entries):
        left, right = sorted((before, entry.decibels))
        axes.barh(row, right - left, left=left, color="#4477aa" if row else "#bbbbbb", edgecolor="black")
        change = entry.decibels - before
        text = f"{entry.decibels:.1f} dB" + (f"  ({change:+.1f})" if row else "")
        axes.text(right + 0.4, row, text, va="center")
        before = entry.decibels
    # A perfect digit is infinitely far: the last bar leaves the picture.
    axes.barh(len(entries), END - before, left=before, color="white", edgecolor="black", hatch="///")
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    space = "\n" if END - before < 16 else " "  # one line would run out of a short bar
    perfect = f"a perfect digit{space}lies at infinity"
    axes.text(END - 0.5, len(entries), perfect, va="center", ha="right", bbox=box)
    axes.set_yticks(range(len(causes)), causes)
    axes.set(xlabel="mean PSNR in dB, 1,000 test digits", xlim=(0, END), title=f"Case file, x{factor}")
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    found = "; ".join(f"{entry.cause}: {entry.decibels:.1f} dB" for entry in entries)
    return to_picture(figure, f"Waterfall for x{factor}, mean PSNR. {found}. The rest, up to a perfect digit, is open.")
