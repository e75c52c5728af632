"""Writing files so that they are whole at any time."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, its folder made if missing, and rename it: nobody sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, arrival = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(arrival, 0o644)  # mkstemp's files are private
        os.replace(arrival, path)
    except BaseException:
        os.unlink(arrival)
        raise
