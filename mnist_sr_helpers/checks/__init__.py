"""Checks of the exercises, a module for each lesson: they test properties on random input and answer in words.

Each takes the student's function and returns a `Verdict`: right; not yet, because; or not attempted.
"""

from .judging import Verdict
from .lesson_01 import check_downsample_area, check_to_bytes
from .lesson_02 import check_psnr, check_residual
from .lesson_03 import check_gain, check_worst
from .lesson_04 import check_averaging, check_consistent, check_lost_share
from .lesson_05 import check_posterior, check_weighted_median
from .lesson_06 import check_parts, check_window
from .lesson_07 import check_move, check_paired_interval
from .lesson_08 import check_bound, check_verdict

__all__ = [
    "Verdict",
    "check_averaging",
    "check_bound",
    "check_consistent",
    "check_downsample_area",
    "check_gain",
    "check_lost_share",
    "check_move",
    "check_paired_interval",
    "check_parts",
    "check_posterior",
    "check_psnr",
    "check_residual",
    "check_to_bytes",
    "check_verdict",
    "check_weighted_median",
    "check_window",
    "check_worst",
]
