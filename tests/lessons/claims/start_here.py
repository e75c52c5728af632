"""The results that "Start here" states in prose."""

import torch

from .measuring import Claim, share_read, test_digits


def ink() -> torch.Tensor:
    levels = (test_digits().images * 255).round()
    return levels[levels > 0]


CLAIMS = {
    # Of 100 ink pixels 60 are clearly grey; four of five pixels are background; all levels occur.
    "start_here.grey": Claim(lambda: (ink() < 249).float().mean(), 0.58, 0.62),
    "start_here.background": Claim(lambda: (test_digits().images == 0).float().mean(), 0.78, 0.82),
    "start_here.levels": Claim(lambda: ink().unique().numel(), 255, 255),
    "start_here.peak": Claim(lambda: (ink() > 248).float().mean(), 0.37, 0.43),
    "start_here.class": Claim(
        lambda: share_read(test_digits().images) - share_read((test_digits().images > 0.5).float()), 0, 0.01
    ),
}
