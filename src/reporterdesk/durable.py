"""Making what was written outlive a power failure."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make names in ``folder`` durable; Windows does that by itself and cannot open a folder.

    :raises OSError: the folder cannot be read.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
