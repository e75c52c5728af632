from .calibration import ink, ranks, slant, spread, width
from .checks.averages import check_posterior, check_weighted_median
from .checks.changing_the_training import check_paired_interval, check_regret
from .checks.degradation import check_downsample_area, check_to_bytes
from .checks.model_or_information import check_window
from .checks.samples import check_covered, check_step
from .checks.seeing_the_failure import check_gain
from .checks.simplesr import check_psnr, check_residual
from .checks.the_verdict import check_bound, check_verdict
from .checks.twins_and_forgeries import check_share_left, check_share_near
from .checks.what_a_network_answers import check_critic_gain
from .checks.what_is_lost import check_consistent
from .classroom.health import health_check
from .classroom.predictions import ask, you_said
from .classroom.quiz import Quiz
from .critic import critic_gain, fit_critic
from .degradation import FACTORS, KERNELS, downsample, quantise, round_trip, upsample, wrap
from .digits import Digits, load_digits
from .estimators import (
    degradation_matrix,
    forge,
    least_norm,
    linear_mmse,
    look_alikes,
    nearest_of_class,
    null_part,
    project,
)
from .experiments import AUGMENTATIONS, DEGRADATIONS, SEEDS, SIZES, load_experiment
from .explorers.comparison import View
from .explorers.flow import flow_sheet, flow_view
from .explorers.footprint import footprint_view
from .explorers.forger import forger_sheet, forger_view
from .explorers.hedge import hedge_sheet, hedge_view
from .explorers.one_digit import (
    MODELS,
    SHOWN,
    TRAININGS,
    degradation_sheet,
    degradation_view,
    ladder_sheet,
    ladder_view,
    mismatch_sheet,
    mismatch_view,
    model_sheet,
    model_view,
)
from .explorers.pad import DigitPad
from .explorers.shell import Explorer
from .explorers.wipe import Wipe
from .irreducible import nearest_apart, neighbour_error, within_class_variance
from .ladder import RUNGS, load_model, rung
from .metrics import bootstrap_interval, frechet_distance, pooled_psnr, psnr, read_digits, ssim
from .models import EnlargeFirstResidual, Narrow, middle_network
from .photographs import load_photographs
from .pictures.case_file import case_file
from .pictures.figure import to_picture
from .pictures.grid import grid, signed
from .pictures.matrix import draw_matrix
from .pictures.style import look
from .pictures.table import table
from .posterior import observe, posterior_mean, posterior_median, posterior_sample, posterior_weights
from .results import load_results
from .sampling import denoised_mean, exact_guess, follow, sample
from .training import fit, restore
from .weights import load_low_reader

# fmt: off
__all__ = [
    "AUGMENTATIONS", "DEGRADATIONS", "FACTORS", "KERNELS", "MODELS", "RUNGS", "SEEDS", "SHOWN", "SIZES", "TRAININGS",
    "DigitPad", "Digits", "EnlargeFirstResidual", "Explorer", "Narrow", "Quiz", "View", "Wipe", "ask",
    "bootstrap_interval", "case_file", "check_bound", "check_consistent", "check_covered", "check_critic_gain",
    "check_downsample_area", "check_gain", "check_paired_interval", "check_posterior", "check_psnr", "check_regret",
    "check_residual", "check_share_left", "check_share_near", "check_step", "check_to_bytes", "check_verdict",
    "check_weighted_median", "check_window", "critic_gain", "degradation_matrix", "degradation_sheet",
    "degradation_view", "denoised_mean", "downsample", "draw_matrix", "exact_guess", "fit", "fit_critic", "flow_sheet",
    "flow_view", "follow", "footprint_view", "forge", "forger_sheet", "forger_view", "frechet_distance", "grid",
    "health_check", "hedge_sheet", "hedge_view", "ink", "ladder_sheet", "ladder_view", "least_norm", "linear_mmse",
    "load_digits", "load_experiment", "load_low_reader", "load_model", "load_photographs", "load_results", "look",
    "look_alikes", "middle_network", "mismatch_sheet", "mismatch_view", "model_sheet", "model_view", "nearest_apart",
    "nearest_of_class", "neighbour_error", "null_part", "observe", "pooled_psnr", "posterior_mean", "posterior_median",
    "posterior_sample", "posterior_weights", "project", "psnr", "quantise", "ranks", "read_digits", "restore",
    "round_trip", "rung", "sample", "signed", "slant", "spread", "ssim", "table", "to_picture", "upsample", "width",
    "within_class_variance", "wrap", "you_said",
]
# fmt: on
