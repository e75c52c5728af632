"""Checks of the exercises, a module for each lesson: they test properties on random input and answer in words.

Each takes the student's function and returns a `Verdict`: right; not yet, because; or not attempted.
"""

from .judging import Verdict
from .lesson_01 import check_downsample_area, check_to_bytes
from .lesson_02 import check_psnr, check_residual
from .lesson_03 import check_gain, check_worst
from .lesson_06 import check_parts, check_window

__all__ = [
    "Verdict",
    "check_downsample_area",
    "check_gain",
    "check_parts",
    "check_psnr",
    "check_residual",
    "check_to_bytes",
    "check_window",
    "check_worst",
]
