from .checks import (
    Verdict,
    check_downsample_area,
    check_gain,
    check_psnr,
    check_residual,
    check_to_bytes,
    check_worst,
)
from .degradation import FACTORS, KERNELS, downsample, round_trip, upsample
from .digits import Digits, load_digits
from .estimators import (
    LinearEstimator,
    degradation_matrix,
    least_norm,
    linear_mmse,
    look_alikes,
    mean_of_look_alikes,
    null_part,
    project,
    pseudo_inverse,
)
from .explorers import Explorer
from .figures import to_picture
from .health import health_check
from .metrics import pooled_psnr, psnr, read_digits, ssim
from .models import (
    ESPCN,
    SRCNN,
    EDSRLike,
    EnlargeFirst,
    EnlargeFirstResidual,
    EnlargeLast,
    Narrow,
    Reader,
    ResidualMLP,
    SimpleSR,
    Wide,
    receptive_field,
)
from .pictures import Picture, grid, to_pixels
from .predictions import ask, you_said
from .quiz import Quiz
from .training import History, fit, restore
from .views import MODELS, View, degradation_sheet, degradation_view, model_sheet, model_view
from .waterfall import case_entries, case_file, wrap
from .weights import LADDER, TRAINED, load_model, load_reader

__all__ = [
    "ESPCN",
    "FACTORS",
    "KERNELS",
    "LADDER",
    "MODELS",
    "SRCNN",
    "TRAINED",
    "Digits",
    "EDSRLike",
    "EnlargeFirst",
    "EnlargeFirstResidual",
    "EnlargeLast",
    "Explorer",
    "History",
    "LinearEstimator",
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
    "case_entries",
    "case_file",
    "check_downsample_area",
    "check_gain",
    "check_psnr",
    "check_residual",
    "check_to_bytes",
    "check_worst",
    "degradation_matrix",
    "degradation_sheet",
    "degradation_view",
    "downsample",
    "fit",
    "grid",
    "health_check",
    "least_norm",
    "linear_mmse",
    "load_digits",
    "load_model",
    "load_reader",
    "look_alikes",
    "mean_of_look_alikes",
    "model_sheet",
    "model_view",
    "null_part",
    "pooled_psnr",
    "project",
    "pseudo_inverse",
    "psnr",
    "read_digits",
    "receptive_field",
    "restore",
    "round_trip",
    "ssim",
    "to_picture",
    "to_pixels",
    "upsample",
    "wrap",
    "you_said",
]
