"""What was measured on the full MNIST, which takes hours and 50 MB of digits: the lessons quote it beside their own."""

import json
from pathlib import Path
from typing import Any

from ._arguments import check_choice
from .digits import RESTORE

RESULTS = Path(__file__).parent / "data" / "results"


def load_results(name: str) -> dict[str, Any]:
    """The numbers of a full run of `python -m benchmarks.NAME`, `name` one of "ladder", "trial" and "sampling".

    Raises TypeError or ValueError for another name, RuntimeError for a missing or damaged file. Taught in "Model or
    information?".
    """
    path = RESULTS / f"{check_choice('name', name, ('ladder', 'trial', 'sampling'))}.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RuntimeError(f"{path} can't be read ({error}). {RESTORE}") from None
