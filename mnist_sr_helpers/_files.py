"""Writing files so that they are whole at any time."""

import secrets
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, its folder made if missing, and rename it: nobody sees half a file."""
    path = path.resolve()  # a link stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    arrival = path.with_name(f".{path.name}-{secrets.token_hex(4)}.partial")
    try:
        arrival.write_bytes(content)
        arrival.replace(path)
    finally:
        arrival.unlink(missing_ok=True)
