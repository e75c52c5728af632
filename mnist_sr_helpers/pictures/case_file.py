"""The case file: one waterfall in dB from the article's picture up to the perfect digit."""

from typing import NamedTuple

import torch

from .._arguments import check_choice
from ..degradation import FACTORS, downsample, round_trip, wrap
from ..digits import load_digits
from ..estimators import project
from ..metrics import psnr
from ..training import restore
from ..weights import TRAINED, load_model
from .grid import Picture

LESSONS = ("01", "02", "03", "04", "06", "08")
END = 45
"""Where the drawing ends, in dB: the same at every factor, so that bars can be compared."""


class Entry(NamedTuple):
    """One find: `cause`, what it explains; `decibels`, the mean PSNR once it is mended; `lesson`, where found."""

    cause: str
    decibels: float
    lesson: str


def case_entries(factor: int, lesson: str) -> list[Entry]:
    """What is known up to `lesson`: the start (the article's picture), then one entry for each cause found.

    Mean PSNR over the bundled 1,000 test digits, estimates clipped to [0, 1], antialiased bicubic low
    resolution. Of SimpleSR's two better forms the one that scores higher on these digits, which favours it a little.
    Raises TypeError or ValueError for a wrong argument. Taught in lesson 01.
    """
    check_choice("factor", factor, FACTORS[1:])
    check_choice("lesson", lesson, LESSONS)
    digits = load_digits(split="test").images
    low = downsample(digits, factor)
    enlarged = round_trip(digits, factor)

    def quality(estimate: torch.Tensor) -> float:
        return psnr(estimate.clamp(0, 1), digits).mean().item()

    entries = [
        Entry("made as in the article: values wrap", quality(wrap(enlarged)), "01"),
        Entry("bug: clip instead of wrapping", quality(enlarged), "01"),
    ]
    if lesson >= "02":
        estimates = {name: restore(load_model(name, factor), low) for name in TRAINED}
        scores = {name: quality(estimate) for name, estimate in estimates.items()}
        best = max(("residual", "enlarge_last"), key=scores.get)
        entries += [
            Entry("learning: SimpleSR, enlarge first", scores["enlarge_first"], "02"),
            Entry(f"form of the model: {best.replace('_', ' ')}", scores[best], "02"),
        ]
    if lesson >= "04":
        fitting = quality(project(estimates[best], low, factor))
        entries.append(Entry("consistency: projected onto the data", fitting, "04"))
    if lesson >= "06":
        large = quality(restore(load_model("edsr", factor), low))
        entries.append(Entry("larger model, longer training: EDSR-like", large, "06"))
    return entries


def case_file(factor: int, lesson: str) -> Picture:
    """Draw `case_entries` as a waterfall; what no entry explains yet stays open, up to the perfect digit.

    Arguments and errors as in `case_entries`. Taught in lesson 01.
    """
    from matplotlib.figure import Figure

    from .figure import to_picture

    entries = case_entries(factor, lesson)
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
