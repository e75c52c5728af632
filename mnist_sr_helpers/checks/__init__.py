"""Checks of the exercises, a module for each lesson: they test properties on random input and answer in words.

Each takes the student's function and returns a `Verdict`: right; not yet, because; or not attempted.
"""

from .averages import check_posterior, check_weighted_median
from .changing_the_training import check_move, check_paired_interval
from .degradation import check_downsample_area, check_to_bytes
from .judging import Verdict
from .model_or_information import check_parts, check_window
from .seeing_the_failure import check_gain, check_worst
from .simplesr import check_psnr, check_residual
from .the_verdict import check_bound, check_verdict
from .what_is_lost import check_averaging, check_consistent, check_lost_share

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
