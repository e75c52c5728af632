"""Training, on whole tensors in memory: no per-picture work, so an experiment takes a second."""

import math
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.lr_scheduler import ConstantLR, OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm.auto import tqdm

from ._arguments import check_choice, check_count, check_images, check_positive, what_came
from .degradation import FACTORS, downsample
from .models import check_network


class History(NamedTuple):
    """What training went through: `losses`, one for each step (mean squared error by default).

    `held_out`: what was measured after each epoch, where that was asked for.
    """

    losses: list[float]
    held_out: Sequence[float] = ()


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
    `loss(prediction, target)` takes the place of the mean squared error, as `F.l1_loss`; `degrade(images)` that of
    downsampling; `augment(batch, generator)` changes each batch of originals before it is degraded (both "Changing the
    training"). The progress bar stays silent when the environment variable TQDM_DISABLE is set.
    Raises TypeError or ValueError for a wrong argument. Taught in "SimpleSR".
    """
    check_network(model)
    check_images("images", images, low=0, high=1)
    epochs = check_count("epochs", epochs)
    batch_size = check_count("batch_size", batch_size)
    seed = check_count("seed", seed, least=0)
    check_positive("learning_rate", learning_rate)
    check_choice("factor", factor, FACTORS)
    for name, value in {"loss": loss, "degrade": degrade, "augment": augment}.items():
        if not callable(value) and (value is not None or name == "loss"):
            raise TypeError(f"{name} must be a function, got {what_came(value)}.")
    degrade = degrade or partial(downsample, factor=factor)
    y = check_images("degrade(images)", degrade(images)).detach()
    if len(y) != len(images):
        raise ValueError(f"degrade(images) must give {len(images)} pictures, one for each image, got {len(y)}.")
    check_output(model, loss, y[:2], images[:2])

    def augmented(batch: Sequence[torch.Tensor], generator: torch.Generator) -> Sequence[torch.Tensor]:
        assert augment is not None
        name, shape = "augment(batch, generator)", tuple(batch[0].shape)
        x = check_images(name, augment(batch[0], generator), low=0, high=1)
        if x.shape != shape:
            raise ValueError(f"{name} must keep the shape {shape}, got {tuple(x.shape)}.")
        return x.detach(), degrade(x).detach()

    how: dict[str, Any] = {"epochs": epochs, "batch_size": batch_size, "learning_rate": learning_rate, "seed": seed}
    how["prepare"] = augmented if augment else None
    return train(model, (images, y), supervised(loss), **how)


def supervised(loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> Callable[..., torch.Tensor]:
    """`loss` as `train` asks for it, of batches (target, input): what the model makes of the input, to the target."""
    return lambda model, batch: loss(model(batch[1]), batch[0])


def train(
    model: nn.Module,
    data: Sequence[torch.Tensor],
    loss: Callable[[nn.Module, Sequence[torch.Tensor]], torch.Tensor],
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    seed: int = 0,
    prepare: Callable[[Sequence[torch.Tensor], torch.Generator], Sequence[torch.Tensor]] | None = None,
    optimiser: Callable[..., torch.optim.Optimizer] = torch.optim.Adam,
    one_cycle: bool = True,
    clip: float = math.inf,
    average: float = 0.0,
    measure: Callable[[nn.Module], float] | None = None,
    resume: Any = None,
    device: str | torch.device = "cpu",
    precision: torch.dtype = torch.float32,
) -> History:
    """The loop under all trainings: `model` changes in place, so that `loss(model, batch)` falls.

    `data` holds tensors of one length, as (originals, low resolution), and a batch the same rows of each, changed by
    `prepare(batch, generator)` where that is given. `one_cycle`: the learning rate rises to `learning_rate` and falls
    to nothing; else it stays. `clip`: gradients longer than that are cut to it, so that one bad step does not end a
    training. `average`, 0 to 1: the weights become their exponential moving average, which keeps that share of itself
    at each step (0: none). `measure(model)` is called after each epoch, for a curve of the held-out digits. `resume`:
    an interrupted training goes on, as `tools.resume.Resume` does it. Computes on `device`, and brings the model back
    to where it was; `precision`: that of convolutions and products, float32, or torch.bfloat16 where the processor has
    units for it. The weights stay float32.
    """
    count = len(data[0])
    steps = epochs * -(-count // batch_size)
    if steps < 2:
        raise ValueError(f"epochs must give at least two steps, got {epochs} of {count} images. Raise it.")
    home = next(model.parameters()).device
    model.to(device).to(memory_format=torch.channels_last)  # convolutions are faster so, some networks by half
    if prepare is None:  # else a batch moves when it is prepared: the generator's numbers are the CPU's
        data = [part.to(device) for part in data]
    generator = torch.Generator().manual_seed(seed)
    updates = optimiser(model.parameters(), lr=learning_rate, fused=True)
    schedule = OneCycleLR(updates, learning_rate, total_steps=steps) if one_cycle else ConstantLR(updates, factor=1)
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(average)) if average else None
    judged = averaged.module if averaged else model
    parts = [model, updates, schedule, *([averaged] if averaged else [])]
    settings = [count, epochs, batch_size, learning_rate, one_cycle, seed, clip, average, str(precision)]
    losses, held_out = resume.load(parts, generator, settings) if resume else ([], [])
    # Said outright, because tqdm's notebook bar does not look at the variable itself.
    silent = os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
    with tqdm(total=steps, initial=len(losses), unit="step", disable=silent) as bar:
        for epoch in range(len(losses) * epochs // steps, epochs):
            bar.set_description(f"epoch {epoch + 1} of {epochs}")
            model.train()
            for rows in torch.randperm(count, generator=generator).split(batch_size):
                batch = [part[rows] for part in data]
                if prepare is not None:
                    batch = [part.to(device) for part in prepare(batch, generator)]
                with torch.autocast(torch.device(device).type, precision, enabled=precision != torch.float32):
                    value = loss(model, batch)
                updates.zero_grad()
                value.backward()
                if clip < math.inf:
                    nn.utils.clip_grad_norm_(model.parameters(), clip)
                updates.step()
                schedule.step()
                if averaged:
                    averaged.update_parameters(model)
                losses.append(value.item())
                bar.set_postfix(loss=f"{losses[-1]:.4f}", refresh=False)
                bar.update()
            if measure is not None:
                held_out.append(measure(judged.eval()))
            if resume and epoch + 1 < epochs:
                resume.save(parts, generator, settings, losses, held_out)
    if average:
        model.load_state_dict(judged.state_dict())
    model.to(home).eval()
    return History(losses, held_out)


@torch.no_grad()
def restore(model: nn.Module, y: torch.Tensor, batch_size: int = 100) -> torch.Tensor:
    """Restore the low-resolution pictures `y` (N, 1, h, w), in batches, without gradients: (N, 1, 28, 28).

    Values are not clipped. Raises TypeError or ValueError for a wrong argument. Taught in "SimpleSR".
    """
    check_network(model)
    check_images("y", y, low=-1, high=2)
    batch_size = check_count("batch_size", batch_size)
    model.eval()
    return torch.cat([model(batch) for batch in y.split(batch_size)])


def check_output(model: nn.Module, loss: Callable, y: torch.Tensor, target: torch.Tensor) -> None:
    """Refuse an output of another size than the target's, the article's bug, and a `loss` that is not one number."""
    if not any(parameter.requires_grad for parameter in model.parameters()):
        raise ValueError(f"model has no parameters to train: {type(model).__name__}.")
    model.eval()
    with torch.no_grad():
        output = model(y)
    if not isinstance(output, torch.Tensor):
        raise TypeError(f"model must return a tensor, it returns {type(output).__name__}.")
    if output.shape != target.shape:
        raise ValueError(
            f"model must turn {tuple(y.shape)} into {tuple(target.shape)}, it gives {tuple(output.shape)}. "
            f"Enlarge first or last: EnlargeFirst(factor) or EnlargeLast(factor)."
        )
    value = loss(output, target)
    if not isinstance(value, torch.Tensor) or value.numel() != 1:
        came = what_came(value)
        raise ValueError(f"loss(prediction, target) must be a tensor of one number, got {came}. Take the mean.")
