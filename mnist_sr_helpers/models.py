"""The networks: the article's SimpleSR, its two repairs, its residual form, and the digit classifier.

A repaired network takes a low-resolution batch (N, 1, 28/factor, 28/factor) and returns (N, 1, 28, 28).
"""

import torch
from torch import nn

from ._arguments import check_choice
from .degradation import FACTORS, upsample


class SimpleSR(nn.Module):
    """The article's network: two 3 x 3 convolutions, 305 parameters, receptive field 5 x 5.

    Its output has its input's size, (N, 1, h, w): it does not enlarge anything. Taught in lesson 02.
    """

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, 1, kernel_size=3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(torch.relu(self.conv1(x)))


class EnlargeFirst(nn.Module):
    """Repair 1: bicubic enlargement by `factor`, then SimpleSR on 28 x 28 pixels; 305 parameters.

    The way of SRCNN (Dong et al. 2014), also called pre-upsampling. Taught in lesson 02.
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.body = SimpleSR()

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return self.body(upsample(y, self.factor))


class EnlargeLast(nn.Module):
    """Repair 2: convolutions on the small picture, the last of which writes factor x factor pixels for each one.

    The way of ESPCN (Shi et al. 2016), also called post-upsampling; 160 + 145 * factor**2 parameters.
    Taught in lesson 02.
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.conv1 = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(16, factor**2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(factor)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        return self.shuffle(self.conv2(torch.relu(self.conv1(y))))


class EnlargeFirstResidual(nn.Module):
    """EnlargeFirst with a global residual: bicubic plus a learnt correction; 305 parameters.

    The last layer starts at zero, so training starts exactly at bicubic (VDSR, Kim et al. 2016, learns the same
    residual). Taught in lesson 02.
    """

    def __init__(self, factor: int):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.body = SimpleSR()
        nn.init.zeros_(self.body.conv2.weight)
        nn.init.zeros_(self.body.conv2.bias)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        enlarged = upsample(y, self.factor)
        return enlarged + self.body(enlarged)


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
    Taught in lesson 06.
    """

    def __init__(self, factor: int, channels: int = 48, blocks: int = 5):
        super().__init__()
        self.factor = check_choice("factor", factor, FACTORS)
        self.head = nn.Conv2d(1, channels, kernel_size=3, padding=1)
        self.blocks = nn.Sequential(*(ResidualBlock(channels) for _ in range(blocks)))
        self.tail = nn.Conv2d(channels, factor**2, kernel_size=3, padding=1)
        self.shuffle = nn.PixelShuffle(factor)
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(self.tail.bias)

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        shallow = self.head(y)
        return upsample(y, self.factor) + self.shuffle(self.tail(shallow + self.blocks(shallow)))


class Reader(nn.Module):
    """The digit classifier that judges restored pictures: (N, 1, 28, 28) in [0, 1] to (N, 10) logits.

    Small, to ship and to run on one picture in a few milliseconds. Taught in lesson 03.
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
