"""A critic that tries to better an estimator: is its answer the posterior mean?

A posterior mean leaves nothing of its error to be known from y: no function of y predicts the residual, truth minus
estimate, better than zero does (the orthogonality principle). So a critic learns to predict the residual from y. On
digits that it didn't see, a gain proves that the estimate is not the mean; no gain, that this critic found none.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from ._arguments import SIDE, check_count, check_equally_many, check_images
from .degradation import check_low, upsample
from .models import middle_network
from .training import restore, supervised, train


def fit_critic(
    residual: torch.Tensor, y: torch.Tensor, factor: int, *, epochs: int = 10, seed: int = 0
) -> Callable[[torch.Tensor], torch.Tensor]:
    """A function of y that predicts what an estimator lacks, (N, 1, h, h) to (N, 1, 28, 28).

    Learnt from `residual`, truth minus estimate (N, 1, 28, 28), and the low resolution `y` of the same digits: best
    those that the estimator didn't learn from, as it may have memorised the others. The critic is the course's middle
    network, which begins by predicting nothing.
    Raises TypeError or ValueError for a wrong argument. Taught in "What a network answers".
    """
    check_images("residual", residual, side=SIDE)
    check_low("y", y, factor)
    check_equally_many(residual=residual, y=y)
    epochs = check_count("epochs", epochs)
    seed = check_count("seed", seed, least=0)
    with torch.random.fork_rng(devices=[]):  # the notebook's own random numbers go on as they were
        torch.manual_seed(seed)
        model = middle_network(factor)
    enlarged = upsample(y, factor)  # what the untrained network gives
    data = (residual + enlarged).detach(), y.detach()
    train(model, data, supervised(F.mse_loss), epochs=epochs, batch_size=64, learning_rate=2e-3, seed=seed)

    def predict(y: torch.Tensor) -> torch.Tensor:
        check_low("y", y, factor)
        return restore(model, y) - upsample(y, factor)

    return predict


def critic_gain(residual: torch.Tensor, predicted: torch.Tensor) -> torch.Tensor:
    """By how much knowing `predicted` lowers the squared `residual` of each digit, per pixel: (N,) float64.

    Both (N, 1, 28, 28), of digits that the critic didn't see: zero on average, or less, for a posterior mean. Raises
    TypeError or ValueError for a wrong argument. Taught in "What a network answers".
    """
    check_images("residual", residual, side=SIDE)
    check_images("predicted", predicted, side=SIDE)
    check_equally_many(residual=residual, predicted=predicted)
    before, after = residual.flatten(1).double(), (residual - predicted).flatten(1).double()
    return before.square().mean(1) - after.square().mean(1)
