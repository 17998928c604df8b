"""Where ReporterDesk keeps its files on this laptop."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "REPORTERDESK_HOME"


def home() -> Path:
    """Return the profile folder; it may not exist yet.

    ``$REPORTERDESK_HOME`` where that is set, else the platform's place for a person's data.
    """
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # 15 ms that a set variable saves

    return Path(platformdirs.user_data_dir("ReporterDesk", appauthor=False))


def drafts_file(folder: Path) -> Path:
    """Return the database of everything but photo bytes, in the profile ``folder``."""
    return folder / "drafts.db"


def photos_file(folder: Path) -> Path:
    """Return the database of photo bytes."""
    return folder / "photos.db"


def protection_file(folder: Path) -> Path:
    """Return the file that says how the store is encrypted; it holds no key."""
    return folder / "protection.json"


def backups_folder(folder: Path) -> Path:
    """Return the folder of the backups."""
    return folder / "backups"


def set_aside_folder(folder: Path) -> Path:
    """Return the folder of what a restore or a repair has taken out of use."""
    return folder / "set-aside"


def lock_file(folder: Path) -> Path:
    """Return the file that is locked by whoever has the store open."""
    return folder / "in-use.lock"


def running_file(folder: Path) -> Path:
    """Return the file that a running app holds locked, also while its store is closed."""
    return folder / "running.lock"


def settings_file(folder: Path) -> Path:
    """Return the file of the person's choices."""
    return folder / "settings.json"


def window_file(folder: Path) -> Path:
    """Return the file that says where the window stood."""
    return folder / "window.txt"


def dictionaries_folder(folder: Path) -> Path:
    """Return the folder in which a person may put spelling dictionaries."""
    return folder / "dictionaries"


def logs_folder(folder: Path) -> Path:
    """Return the folder of the log files."""
    return folder / "logs"
