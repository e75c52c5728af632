"""Samples of what the truth could be, by a flow: noise becomes a digit, step by step.

Flow matching (Lipman et al. 2023): between noise n, standard normal, and a digit x with values from -1 to 1 lie the
pictures z_t = (1 - t) n + t x. Whoever sees z_t and y can guess x: best, in mean squared error, by E[x | z_t, y]. From
z_t the straight way to this guess has the velocity (E[x | z_t, y] - z_t) / (1 - t); whoever follows it from noise at
t = 0 arrives at t = 1 at a sample of p(x | y). At t = 0 the guess has seen nothing but y: it is the posterior mean.
"""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from ._arguments import SIDE, check_choice, check_count
from .degradation import check_low, upsample
from .estimators import project
from .ladder import LADDER
from .models import ResidualBlock, start_at_zero
from .posterior import check_weights
from .training import restore
from .weights import checkpoint, read_weights

STEPS = 10
SPREADS = {7: 0.21, 14: 0.45}
"""How far digits are from the posterior mean, RMS, in [-1, 1]: the scale of what is to be guessed."""
TEMPERATURES = {7: 1.0, 14: 1.1}
"""How much wider than it was learnt the noise is drawn, as samples vary too little: at x14 the least, in steps of 0.05,
at which those of held-out digits vary by nine tenths of the error (after training, as Guo et al. 2017). At x7 that
would take 1.15, and cost realism."""
FREQUENCIES = 16
FAINT, ALONE = 0.05, 0.2
"""Noise that the last steps leave: pixels this faint, or whose neighbours all are. Tuned on held-out digits."""

Guess = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""E[x | z_t, y] as a function of z (N, 1, 28, 28) and t (N, 1, 1, 1)."""


def times(steps: int = STEPS) -> torch.Tensor:
    """Where a way of `steps` steps stops, from 0 to 1: nearer to one another towards 1, where strokes are decided."""
    return 1 - (1 - torch.arange(steps + 1) / steps) ** 2


def follow(guess: Guess, z: torch.Tensor, steps: int = STEPS) -> list[torch.Tensor]:
    """The way from noise `z` at t = 0 to samples at t = 1, in `steps` steps of Heun's method: all pictures on it.

    It stops at `times(steps)`; the last step goes straight to the guess. Raises TypeError or ValueError for a wrong
    number of steps. Taught in "Samples".
    """
    steps = check_count("steps", steps)
    path = [z]
    for now, then in pairwise(times(steps)):
        at = now.expand(len(z), 1, 1, 1)
        velocity = (guess(z, at) - z) / (1 - now)
        if then < 1:  # the mean of the velocities at both ends, or the path would leave each bend on its outer side
            ahead = z + (then - now) * velocity
            velocity = (velocity + (guess(ahead, then.expand_as(at)) - ahead) / (1 - then)) / 2
        z = z + (then - now) * velocity
        path.append(z)
    return path


def exact_guess(weights: torch.Tensor, digits: torch.Tensor) -> Guess:
    """E[x | z_t, y] in the known world, where x is one of `digits` with the probabilities `weights` given y.

    Bayes' rule once more: a digit weighs as much as it did, times how well z_t fits it. `weights` (Q, N) as from
    `posterior_weights`, `digits` (N, 1, 28, 28) in [0, 1]. Raises TypeError or ValueError for other input.
    Taught in "Samples".
    """
    check_weights(weights, digits)
    known, prior = 2 * digits.flatten(1).double() - 1, weights.double().log()

    def guess(z: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        t = t[:, 0, 0].double()
        # |z - t x|, from products: each row has a t of its own.
        z = z.flatten(1).double()
        apart = z.square().sum(1, keepdim=True) - 2 * t * (z @ known.T) + t**2 * known.square().sum(1)
        posterior = torch.softmax(prior - apart / (1 - t).square() / 2, dim=1)
        return (posterior @ known).float().view(-1, 1, SIDE, SIDE)

    return guess


class Denoiser(nn.Module):
    """Learns E[x | z_t, y] for real digits: EDSR-like's answer and a correction, on a 7 x 7 grid; 370,000 parameters.

    `forward(z, t, clue)`: z (N, 1, 28, 28), t (N, 1, 1, 1) from 0 to 1, clue (N, 2, 28, 28) as from `clues`. Training
    starts at the guess that would be best were digits normal around EDSR-like's answer; what the network adds is scaled
    to one strength at every t, and t scales and shifts the channels of each block.
    """

    def __init__(self, factor: int):
        super().__init__()
        channels, blocks = 64, 4
        self.spread = SPREADS[check_choice("factor", factor, tuple(SPREADS))]
        self.unshuffle, self.shuffle = nn.PixelUnshuffle(4), nn.PixelShuffle(4)
        self.head = nn.Conv2d(3 * 16, channels, kernel_size=3, padding=1)
        self.blocks = nn.ModuleList(ResidualBlock(channels) for _ in range(blocks))
        self.time = nn.Sequential(nn.Linear(FREQUENCIES, 64), nn.SiLU(), nn.Linear(64, blocks * 2 * channels))
        self.tail = nn.Conv2d(channels, 16, kernel_size=3, padding=1)
        start_at_zero(self.tail)

    def normal(self, z: torch.Tensor, t: torch.Tensor, mean: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """What z_t shows beyond t times the mean, scaled to one strength; the guess, were digits normal around their
        `mean` with the standard deviation `spread`; and how far the truth then is from it (as in EDM, Karras et al.
        2022)."""
        strength = ((1 - t).square() + (self.spread * t).square()).sqrt()
        shown = (z - t * mean) / strength
        return shown, mean + self.spread**2 * t / strength * shown, self.spread * (1 - t) / strength

    def forward(self, z: torch.Tensor, t: torch.Tensor, clue: torch.Tensor) -> torch.Tensor:
        shown, guess, off = self.normal(z, t, clue[:, :1])
        x = self.head(self.unshuffle(torch.cat([shown, clue], dim=1)))
        waves = (torch.pi * torch.arange(FREQUENCIES, device=t.device) * (1 - t[:, 0, 0]).sqrt()).cos()
        changes = self.time(waves).view(len(x), len(self.blocks), 2, -1, 1, 1)
        for block, change in zip(self.blocks, changes.unbind(1), strict=True):
            x = block(x * (1 + change[:, 0]) + change[:, 1])
        return guess + off * self.shuffle(self.tail(x))


def clues(y: torch.Tensor, factor: int) -> torch.Tensor:
    """What `Denoiser` is told of y: its guide's answer and bicubic enlargement, (N, 2, 28, 28), from -1 to 1."""
    return 2 * torch.cat([restore(cached_guide(factor), y), upsample(y, factor)], dim=1) - 1


@cache
def cached_guide(factor: int) -> nn.Module:
    """The network whose answer is corrected, EDSR-like after 30 epochs, read once.

    Made by `python -m tools.train guide`.
    At x7, after 120, it is too good on the digits that both learnt from, and samples of held-out digits vary less: by
    0.63 of the error in place of 0.74.
    """
    return read_weights(LADDER["EDSR-like"].build(factor), checkpoint("guide", factor))


@cache
def cached_denoiser(factor: int) -> Denoiser:
    """The trained network, read once. Made by `python -m tools.train flow`."""
    return read_weights(Denoiser(factor), checkpoint("flow", factor))


def without_specks(images: torch.Tensor) -> torch.Tensor:
    """Pictures (N, 1, H, W) with the ink that lies beside ink; what is faint or alone is noise that was left over.

    Without this, two pixels of a sample in five are faint, of real digits one in a hundred.
    """
    around = F.unfold(images, 3, padding=1)
    beside = around[:, [0, 1, 2, 3, 5, 6, 7, 8]].amax(1).view_as(images)
    return torch.where((images < FAINT) | (beside < ALONE), 0, images)


def settled(images: torch.Tensor, y: torch.Tensor, factor: int) -> torch.Tensor:
    """Where the way ends, (N, 1, 28, 28), as digits in [0, 1] without specks whose low resolution is near `y`."""
    for _ in range(3):  # what fits again is not quite clean, and the other way round
        images = without_specks(project(images, y, factor).clamp(0, 1))
    return images


def learnt_guess(y: torch.Tensor, factor: int) -> Guess:
    """E[x | z_t, y] as the network learnt it, moved to the nearest picture whose low resolution is y.

    Every digit that y can come from has it, so their mean does: no guess gets worse. `y` and `factor` as in `sample`.
    """
    check_choice("factor", factor, tuple(SPREADS))
    check_low("y", y, factor)
    network, clue = cached_denoiser(factor), clues(y, factor)
    return lambda z, t: 2 * project((network(z, t, clue) + 1) / 2, y, factor) - 1


@torch.no_grad()
def sample_path(y: torch.Tensor, factor: int, *, steps: int = STEPS, seed: int = 0) -> list[torch.Tensor]:
    """All pictures on the way from noise to samples; the last, in [0, 1], are the samples. Arguments as in `sample`."""
    guess = learnt_guess(y, factor)
    seed = check_count("seed", seed, least=0)
    noise = torch.randn((len(y), 1, SIDE, SIDE), generator=torch.Generator().manual_seed(seed))
    path = [(z + 1) / 2 for z in follow(guess, TEMPERATURES[factor] * noise, steps)]
    return [*path[:-1], settled(path[-1], y, factor)]


def sample(y: torch.Tensor, factor: int, *, steps: int = STEPS, seed: int = 0) -> torch.Tensor:
    """For each small picture one digit that it could have been made from, (N, 1, 28, 28), in [0, 1].

    `y` (N, 1, 28 / factor, 28 / factor) as from `downsample`, at `factor` 7 or 14; the same `seed` gives the same
    samples, another one others. Drawn by a network that learnt from 55,000 digits; how far its samples are
    distributed as the truth is, the lesson measures. Raises TypeError or ValueError for a wrong argument, RuntimeError
    for a damaged checkpoint. Taught in "Samples".
    """
    return sample_path(y, factor, steps=steps, seed=seed)[-1]


@torch.no_grad()
def denoised_mean(y: torch.Tensor, factor: int) -> torch.Tensor:
    """The sampler's own posterior mean, its guess at t = 0, (N, 1, 28, 28), clipped.

    Arguments and errors as in `sample`. Taught in "Samples".
    """
    guess = learnt_guess(y, factor)
    nothing = torch.zeros(len(y), 1, SIDE, SIDE)
    return (guess(nothing, nothing[:, :, :1, :1]) + 1).div(2).clamp(0, 1)
