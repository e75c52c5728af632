from .augmentation import deform, flip, rotate, shift
from .checks.averages import check_posterior, check_weighted_median
from .checks.changing_the_training import check_move, check_paired_interval
from .checks.degradation import check_downsample_area, check_to_bytes
from .checks.judging import Verdict
from .checks.model_or_information import check_parts, check_window
from .checks.seeing_the_failure import check_gain, check_worst
from .checks.simplesr import check_psnr, check_residual
from .checks.the_verdict import check_bound, check_verdict
from .checks.what_is_lost import check_averaging, check_consistent, check_lost_share
from .classroom.health import health_check
from .classroom.predictions import ask, you_said
from .classroom.quiz import Quiz
from .degradation import FACTORS, KERNELS, downsample, round_trip, upsample, wrap
from .digits import Digits, load_digits
from .estimators import (
    LinearEstimator,
    degradation_matrix,
    forge,
    least_norm,
    linear_mmse,
    look_alikes,
    mean_of_look_alikes,
    nearest_of_class,
    null_part,
    project,
    pseudo_inverse,
)
from .experiments import AUGMENTATIONS, DEGRADATIONS, LOSSES, SEEDS, SIZES, degrade_mixed, load_experiment
from .explorers.comparison import View
from .explorers.degradation import degradation_sheet, degradation_view
from .explorers.drawing import centre_like_mnist, drawing_sheet, drawing_view
from .explorers.forger import forger_sheet, forger_view
from .explorers.hedge import hedge_sheet, hedge_view
from .explorers.ladder import SHOWN, ladder_sheet, ladder_view
from .explorers.mismatch import TRAININGS, mismatch_sheet, mismatch_view
from .explorers.pad import DigitPad
from .explorers.shell import Explorer
from .explorers.simplesr import MODELS, model_sheet, model_view
from .ladder import LADDER, RUNGS, TRAINED, load_model, rung
from .metrics import (
    bootstrap_interval,
    frechet_distance,
    pooled_psnr,
    psnr,
    read_digits,
    reader_features,
    ssim,
)
from .models import (
    ESPCN,
    SRCNN,
    EDSRLike,
    EnlargeFirst,
    EnlargeFirstResidual,
    EnlargeLast,
    LowReader,
    Narrow,
    Reader,
    ResidualMLP,
    SimpleSR,
    Wide,
    middle_network,
    receptive_field,
)
from .photographs import PHOTOGRAPHS, load_photographs
from .pictures.case_file import case_entries, case_file
from .pictures.figure import to_picture
from .pictures.grid import Picture, grid, to_pixels
from .pictures.matrix import draw_matrix
from .pictures.table import table
from .posterior import observe, posterior_mean, posterior_median, posterior_sample, posterior_weights
from .training import History, fit, restore
from .weights import load_low_reader, load_reader

__all__ = [
    "AUGMENTATIONS",
    "DEGRADATIONS",
    "ESPCN",
    "FACTORS",
    "KERNELS",
    "LADDER",
    "LOSSES",
    "MODELS",
    "PHOTOGRAPHS",
    "RUNGS",
    "SEEDS",
    "SHOWN",
    "SIZES",
    "SRCNN",
    "TRAINED",
    "TRAININGS",
    "DigitPad",
    "Digits",
    "EDSRLike",
    "EnlargeFirst",
    "EnlargeFirstResidual",
    "EnlargeLast",
    "Explorer",
    "History",
    "LinearEstimator",
    "LowReader",
    "Narrow",
    "Picture",
    "Quiz",
    "Reader",
    "ResidualMLP",
    "SimpleSR",
    "Verdict",
    "View",
    "Wide",
    "ask",
    "bootstrap_interval",
    "case_entries",
    "case_file",
    "centre_like_mnist",
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
    "deform",
    "degradation_matrix",
    "degradation_sheet",
    "degradation_view",
    "degrade_mixed",
    "downsample",
    "draw_matrix",
    "drawing_sheet",
    "drawing_view",
    "fit",
    "flip",
    "forge",
    "forger_sheet",
    "forger_view",
    "frechet_distance",
    "grid",
    "health_check",
    "hedge_sheet",
    "hedge_view",
    "ladder_sheet",
    "ladder_view",
    "least_norm",
    "linear_mmse",
    "load_digits",
    "load_experiment",
    "load_low_reader",
    "load_model",
    "load_photographs",
    "load_reader",
    "look_alikes",
    "mean_of_look_alikes",
    "middle_network",
    "mismatch_sheet",
    "mismatch_view",
    "model_sheet",
    "model_view",
    "nearest_of_class",
    "null_part",
    "observe",
    "pooled_psnr",
    "posterior_mean",
    "posterior_median",
    "posterior_sample",
    "posterior_weights",
    "project",
    "pseudo_inverse",
    "psnr",
    "read_digits",
    "reader_features",
    "receptive_field",
    "restore",
    "rotate",
    "round_trip",
    "rung",
    "shift",
    "ssim",
    "table",
    "to_picture",
    "to_pixels",
    "upsample",
    "wrap",
    "you_said",
]
