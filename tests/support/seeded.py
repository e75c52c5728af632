"""Random numbers that are the same on each run."""

import torch


def seeded(seed: int = 0) -> torch.Generator:
    """A generator at the start of its numbers."""
    return torch.Generator().manual_seed(seed)


def random_pictures(count: int, seed: int = 0) -> torch.Tensor:
    """Pictures of noise in [0, 1], (count, 1, 28, 28)."""
    return torch.rand(count, 1, 28, 28, generator=seeded(seed))
