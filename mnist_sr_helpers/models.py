"""The networks: the article's SimpleSR, its repairs, the rungs above it, and the digit classifier.

A repaired network takes a low-resolution batch (N, 1, 28/factor, 28/factor) and returns (N, 1, 28, 28).
"""

from collections.abc import Callable

import torch
from torch import nn

from ._arguments import SIDE, check_choice
from .degradation import FACTORS, upsample


class SimpleSR(nn.Module):
    """The article's network: two 3 x 3 convolutions, 305 parameters, receptive field 5 x 5.

    Its output has its input's size, (N, 1, h, w): it does not enlarge anything. Taught in "SimpleSR".
    """

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, 1, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(torch.relu(self.conv1(x)))


class EnlargeFirst(nn.Module):
    """Repair 1: bicubic enlargement by `factor`, then SimpleSR on 28 x 28 pixels; 305 parameters.

    The way of SRCNN (Dong et al. 2014), also called pre-upsampling. Taught in "SimpleSR".
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.body = SimpleSR()

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return self.body(upsample(y, self.factor))


class EnlargeLast(nn.Module):
    """Repair 2: convolutions on the small picture, the last of which writes factor x factor pixels for each one.

    The way of ESPCN (Shi et al. 2016): post-upsampling; 160 + 145 * factor**2 parameters. Taught in "SimpleSR".
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.conv1 = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, factor**2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(factor)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return self.shuffle(self.conv2(torch.relu(self.conv1(y))))


class Signed(nn.Module):
    """A `repair` of SimpleSR that works on [-1, 1], as in the article, for pictures in [0, 1].

    Not the same network as on [0, 1]: the border that a convolution pads with zeros is grey, not black.
    """

    def __init__(self, factor: int, repair: Callable[[int], nn.Module]):
        super().__init__()
        self.body = repair(factor)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return (self.body(2 * y - 1) + 1) / 2


class GlobalResidual(nn.Module):
    """Bicubic enlargement by `factor` plus the correction that `body` learns on 28 x 28 pixels: a global residual.

    The last layer of `body` starts at zero, so training starts exactly at bicubic. As in VDSR (Kim et al. 2016).
    """

    def __init__(self, factor: int, body: nn.Module):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.body = body
        start_at_zero(list(body.children())[-1])

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        enlarged = upsample(y, self.factor)
        return enlarged + self.body(enlarged)


class EnlargeFirstResidual(GlobalResidual):
    """EnlargeFirst with a global residual: bicubic plus a correction; 305 parameters. Taught in "SimpleSR"."""

    def __init__(self, factor: int):
        super().__init__(factor, SimpleSR())


class Wide(GlobalResidual):
    """Control rung: SimpleSR's window of 5 x 5 with many more parameters, 5,377; a global residual.

    A layer of 1 x 1 convolutions between the two of 3 x 3 widens no window.
    """

    def __init__(self, factor: int):
        first, last = nn.Conv2d(1, 64, kernel_size=3, padding=1), nn.Conv2d(64, 1, kernel_size=3, padding=1)
        super().__init__(factor, nn.Sequential(first, nn.ReLU(), nn.Conv2d(64, 64, kernel_size=1), nn.ReLU(), last))


class Narrow(GlobalResidual):
    """Control rung: a window of 17 x 17 with few parameters, 965; a global residual.

    Eight layers of 3 x 3, of four channels only. Taught in "Model or information?".
    """

    def __init__(self, factor: int):
        layers: list[nn.Module] = [nn.Conv2d(1, 4, kernel_size=3, padding=1)]
        for channels in (4, 4, 4, 4, 4, 4, 1):
            layers += [nn.ReLU(), nn.Conv2d(4, channels, kernel_size=3, padding=1)]
        super().__init__(factor, nn.Sequential(*layers))


class SRCNN(nn.Module):
    """SRCNN 9-5-5 (Dong et al. 2016): window 17 x 17, 57,281 parameters. Taught in "Model or information?"."""

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.conv1 = nn.Conv2d(1, 64, kernel_size=9, padding=4)
        self.conv2 = nn.Conv2d(64, 32, kernel_size=5, padding=2)
        self.conv3 = nn.Conv2d(32, 1, kernel_size=5, padding=2)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.conv1(upsample(y, self.factor)))
        return self.conv3(torch.relu(self.conv2(x)))


class ESPCN(nn.Module):
    """ESPCN 64-32 (Shi et al. 2016): enlarged last, window 9 x 9 low-resolution pixels, 21,284 parameters at x2."""

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.conv1 = nn.Conv2d(1, 64, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(64, 32, kernel_size=3, padding=1)
        self.conv3 = nn.Conv2d(32, factor**2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(factor)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        x = torch.tanh(self.conv1(y))
        return self.shuffle(self.conv3(torch.tanh(self.conv2(x))))


class ResidualMLP(nn.Module):
    """No convolution: every output pixel depends on every input pixel, each with weights of its own.

    Bicubic plus what two hidden layers add; 192 wide, to stay below 1 MB: 226,192 parameters at x2. It can't know
    that a stroke one pixel to the left is still a stroke.
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.first = nn.Linear((SIDE // factor) ** 2, 192)
        self.second = nn.Linear(192, 192)
        self.last = nn.Linear(192, SIDE**2)
        start_at_zero(self.last)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        hidden = torch.relu(self.first(y.flatten(1)))
        hidden = hidden + torch.relu(self.second(hidden))
        return upsample(y, self.factor) + self.last(hidden).view(-1, 1, SIDE, SIDE)


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions whose output is added to their input; EDSR's block, without batch norm."""

    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv2(torch.relu(self.conv1(x)))


class EDSRLike(nn.Module):
    """A small network after EDSR (Lim et al. 2017): residual blocks on the small picture, enlarged last.

    What it adds to bicubic comes from a last layer that starts at zero, so training starts exactly at bicubic.
    48 channels and 5 blocks: 210,052 parameters at x2, receptive field 25 low-resolution pixels: the whole digit.
    """

    def __init__(self, factor: int, channels: int = 48, blocks: int = 5):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.head = nn.Conv2d(1, channels, kernel_size=3, padding=1)
        self.blocks = nn.Sequential(*(ResidualBlock(channels) for _ in range(blocks)))
        self.tail = nn.Conv2d(channels, factor**2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(factor)
        start_at_zero(self.tail)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        shallow = self.head(y)
        return upsample(y, self.factor) + self.shuffle(self.tail(shallow + self.blocks(shallow)))


def middle_network(factor: int) -> EDSRLike:
    """The network of the experiments: EDSRLike with 24 channels and 4 blocks, 52,537 parameters at x7.

    Learns from 5,000 digits in some seconds. Taught in "Changing the training".
    """
    return EDSRLike(factor, channels=24, blocks=4)


class Reader(nn.Module):
    """The digit classifier that judges restored pictures: (N, 1, 28, 28) in [0, 1] to (N, 10) logits.

    Small, to ship and to run on one picture in a few milliseconds.
    """

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 48, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(48, 48, 3, padding=1), nn.ReLU(), nn.Flatten(),
        )  # fmt: skip
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(48 * 7 * 7, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(x))


class LowReader(nn.Module):
    """A digit classifier for low-resolution digits as they are: (N, 1, 28/factor, 28/factor) to (N, 10) logits.

    The benchmark's reference: what can be read without any restoration.
    """

    def __init__(self, factor: int):
        super().__init__()
        channels, side = 48, SIDE // check_choice("factor", factor, FACTORS)
        self.head = nn.Conv2d(1, channels, kernel_size=3, padding=1)
        self.blocks = nn.Sequential(*(ResidualBlock(channels) for _ in range(3)))
        self.last = nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Dropout(0.3), nn.Linear(channels * side**2, 10))

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return self.last(self.blocks(self.head(y)))


def start_at_zero(layer: nn.Module) -> None:
    """Set a layer's weights and bias to zero: what it adds to bicubic is nothing until it has learnt something."""
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)


def check_network(model) -> None:
    """Refuse anything but a network, its class too."""
    if not isinstance(model, nn.Module):
        raise TypeError(f"model must be a torch.nn.Module, got {type(model).__name__}. Pass SimpleSR(), not SimpleSR.")


def receptive_field(model: nn.Module) -> int:
    """Side in pixels of the window that one output pixel of `model`'s convolutions sees: 1 + sum of (kernel - 1).

    Counted on the grid where the convolutions work: the enlarged picture for networks that enlarge first, the
    low-resolution one for those that enlarge last. For networks whose convolutions follow one another, each with
    stride 1. Raises TypeError for anything but a network, ValueError for one without convolutions, which sees
    everything, and for strides and dilations.
    """
    check_network(model)
    convolutions = [layer for layer in model.modules() if isinstance(layer, nn.Conv2d)]
    if not convolutions:
        raise ValueError(f"model has no convolutions ({type(model).__name__}): each output pixel sees the whole input.")
    if any(layer.stride != (1, 1) or layer.dilation != (1, 1) for layer in convolutions):
        raise ValueError("model must have convolutions of stride and dilation 1; others need another formula.")
    return 1 + sum(layer.kernel_size[0] - 1 for layer in convolutions)
