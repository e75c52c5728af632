"""Training, on whole tensors in memory: no per-picture work, so an experiment takes a second."""

import os
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn
from tqdm.auto import tqdm

from ._arguments import check_choice, check_count, check_images, check_positive
from .degradation import FACTORS, downsample


class History(NamedTuple):
    """What training went through: `losses`, one for each step (mean squared error by default). Taught in "SimpleSR"."""

    losses: list[float]


def fit(
    model: nn.Module,
    images: torch.Tensor,
    factor: int,
    *,
    epochs: int = 1,
    batch_size: int = 16,
    learning_rate: float = 2e-2,
    seed: int = 0,
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = F.mse_loss,
    degrade: Callable[[torch.Tensor], torch.Tensor] | None = None,
    augment: Callable[[torch.Tensor, torch.Generator], torch.Tensor] | None = None,
) -> History:
    """Train `model` in place to restore `images` from their low-resolution versions; return its loss history.

    `images` (N, 1, 28, 28) float32 in [0, 1]; the input is `downsample(images, factor)`, the loss mean squared
    error, the optimiser Adam on a one-cycle schedule (Smith and Topin 2018) that peaks at `learning_rate`.
    `seed` sets the order of the digits; the model's first weights are the caller's (torch.manual_seed).
    `loss(prediction, target)` takes the place of the mean squared error, as `F.l1_loss` in "Averages";
    `degrade(images)` that of downsampling; `augment(batch, generator)` changes each batch of originals before it is
    degraded (both "Changing the training").
    The progress bar stays silent when the environment variable TQDM_DISABLE is set.
    Raises TypeError or ValueError for a wrong argument. Taught in "SimpleSR".
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch.nn.Module, got {type(model).__name__}. Pass SimpleSR(), not SimpleSR.")
    check_images("images", images, low=0, high=1)
    check_count("epochs", epochs)
    check_count("batch_size", batch_size)
    check_count("seed", seed, least=0)
    check_positive("learning_rate", learning_rate)
    check_choice("factor", factor, FACTORS)
    check_functions(loss=loss, degrade=degrade, augment=augment)
    if degrade is None:
        degrade = partial(downsample, factor=factor)
    low = check_images("degrade(images)", degrade(images))
    if len(low) != len(images):
        raise ValueError(f"degrade(images) must give {len(images)} pictures, one for each image, got {len(low)}.")
    check_output(model, low[:2], images[:2])

    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch_size)
    if steps < 2:
        raise ValueError(f"epochs must give at least two steps, got {epochs} of {len(images)} images. Raise it.")
    optimiser = torch.optim.Adam(model.parameters(), lr=learning_rate, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, learning_rate, total_steps=steps)
    losses = []
    model.train()
    # Said outright, because tqdm's notebook bar does not look at the variable itself.
    silent = os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
    with tqdm(total=steps, unit="step", disable=silent) as bar:
        for epoch in range(epochs):
            bar.set_description(f"epoch {epoch + 1} of {epochs}")
            for batch in torch.randperm(len(images), generator=generator).split(batch_size):
                x, y = images[batch], low[batch]
                if augment is not None:
                    x = check_like("augment(batch, generator)", augment(x, generator), x)
                    y = degrade(x)
                value = check_single("loss(prediction, target)", loss(model(y), x))
                optimiser.zero_grad()
                value.backward()
                optimiser.step()
                schedule.step()
                losses.append(value.item())
                bar.set_postfix(loss=f"{losses[-1]:.4f}", refresh=False)
                bar.update()
    model.eval()
    return History(losses)


@torch.no_grad()
def restore(model: nn.Module, low: torch.Tensor, batch_size: int = 250) -> torch.Tensor:
    """Restore the low-resolution pictures `low` (N, 1, h, w), in batches, without gradients: (N, 1, 28, 28).

    Values are not clipped. Raises TypeError or ValueError for a wrong argument. Taught in "SimpleSR".
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch.nn.Module, got {type(model).__name__}.")
    check_images("low", low, low=-1, high=2)
    check_count("batch_size", batch_size)
    model.eval()
    return torch.cat([model(batch) for batch in low.split(batch_size)])


def check_functions(**functions) -> None:
    """Refuse what can't be called; `loss` must be a function, the others may be None."""
    for name, value in functions.items():
        if not callable(value) and (value is not None or name == "loss"):
            raise TypeError(f"{name} must be a function, got {type(value).__name__} {value!r}.")


def check_like(name: str, value, before: torch.Tensor) -> torch.Tensor:
    """Return `value` if it is a batch of pictures in [0, 1] of the shape of `before`; raise otherwise."""
    check_images(name, value, low=0, high=1)
    if value.shape != before.shape:
        raise ValueError(f"{name} must keep the shape {tuple(before.shape)}, got {tuple(value.shape)}.")
    return value


def check_single(name: str, value) -> torch.Tensor:
    """Return `value` if it is a tensor of one number, as training needs it; raise otherwise."""
    if not isinstance(value, torch.Tensor) or value.numel() != 1:
        came = f"{value.numel():,} of them" if isinstance(value, torch.Tensor) else type(value).__name__
        raise ValueError(f"{name} must be a tensor of one number, got {came}. Take the mean.")
    return value


def check_output(model: nn.Module, low: torch.Tensor, target: torch.Tensor) -> None:
    """Refuse a model whose output has not the target's size: the article's bug, which broadcasting can hide."""
    if not any(parameter.requires_grad for parameter in model.parameters()):
        raise ValueError(f"model has no parameters to train: {type(model).__name__}.")
    model.eval()
    with torch.no_grad():
        output = model(low)
    if not isinstance(output, torch.Tensor):
        raise TypeError(f"model must return a tensor, it returns {type(output).__name__}.")
    shape = output.shape
    if shape != target.shape:
        raise ValueError(
            f"model must turn {tuple(low.shape)} into {tuple(target.shape)}, it gives {tuple(shape)}. "
            f"Enlarge first or last: EnlargeFirst(factor) or EnlargeLast(factor)."
        )
