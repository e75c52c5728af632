"""A training that was interrupted goes on after its last whole epoch, on a CPU to the same weights."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors.torch import save

from mnist_sr_helpers._files import write_whole
from mnist_sr_helpers.weights import parts_of

TENSOR = "tensor of this file"  # the key that marks one


class Resume(NamedTuple):
    """Keeps a training in the file `path`, which is the caller's to delete."""

    path: Path

    def save(self, parts: list, generator: torch.Generator, settings: list, *curves: list[float]) -> None:
        """Write all that a training needs to go on: weights, optimiser, schedule, random numbers, curves."""
        tensors = {"order": generator.get_state(), "dropout": torch.get_rng_state()}  # the random numbers

        def named(tensor: torch.Tensor) -> dict[str, str]:
            name = str(len(tensors))
            tensors[name] = tensor.contiguous()
            return {TENSOR: name}

        words = json.dumps([settings, curves, *(part.state_dict() for part in parts)], default=named)
        write_whole(self.path, save(tensors, {"state": words}))

    def load(self, parts: list, generator: torch.Generator, settings: list) -> tuple[list, list]:
        """Take up what `save` wrote, if it did, and return the curves so far; ValueError if of other `settings`."""
        if not self.path.exists():
            return [], []
        tensors, words = parts_of(self.path, way_on="Delete it to begin anew.")

        def restored(content: dict[str, Any]) -> Any:
            """A tensor for its name; the optimiser's numbers of parameters, which JSON made text."""
            if TENSOR in content:
                tensor = tensors[content[TENSOR]]  # to lie in memory as the model does, or the training ends elsewhere
                return tensor.to(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor
            return {int(key) if key.isdigit() else key: value for key, value in content.items()}

        found, curves, *kept = json.loads(words["state"], object_hook=restored)
        if found != settings:
            raise ValueError(f"{self.path} is of another training: it has {found}, not {settings}. Delete it.")
        for part, content in zip(parts, kept, strict=True):
            part.load_state_dict(content)
        generator.set_state(tensors["order"])
        torch.set_rng_state(tensors["dropout"])
        return curves
