"""The person's choices, kept in one small JSON file."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
SMALLEST_TEXT, LARGEST_TEXT = 8, 32
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen.

    ``theme`` is one of :data:`THEMES`. ``report_language`` and ``byline`` fill a new report; the
    language is a BCP 47 tag, ``""`` for the system's. ``text_size`` is the body's size in points.
    ``server_url`` and ``email`` fill the sign-in form. ``lock_after`` is how many minutes without a
    key or the mouse lock the app, 0 for never; it counts only where there is a passphrase.
    ``smart_typing`` replaces quotes, dashes and the like while typing, ``spelling`` marks words
    that are spelled wrong. ``shortcuts`` holds the keys that differ from the usual ones: by the
    action's name, in Qt's portable writing, ``""`` for none. Names that this version does not know
    are kept.
    """

    theme: str = "system"
    report_language: str = ""
    text_size: int = 13
    server_url: str = ""
    email: str = ""
    byline: str = ""
    lock_after: int = 15
    smart_typing: bool = True
    spelling: bool = True
    shortcuts: Mapping[str, str] = field(default_factory=dict)


def load_settings(file: Path) -> Settings:
    """Read ``file``; what is missing or makes no sense has its default.

    A file that is damaged is kept aside under another name, so that nothing is lost. A file that
    cannot be read at all, for want of rights, gives the defaults as well.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        return _set_aside(file)
    except OSError:
        _log.warning("The settings could not be read.", exc_info=True)
        return Settings()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return _set_aside(file)
    return _from_json(found) if isinstance(found, dict) else _set_aside(file)


def save_settings(file: Path, settings: Settings) -> None:
    """Write ``file`` so that it holds the old choices or the new ones, never half of either.

    :raises OSError: the disk is full or the folder cannot be written; the old file stands.
    """
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".settings-", suffix=".json")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(asdict(settings), out, indent=2, ensure_ascii=False)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _from_json(found: dict[str, Any]) -> Settings:
    """Take what has the right kind from ``found``."""
    defaults = Settings()
    taken: dict[str, Any] = {}
    for each in fields(Settings):
        value = found.get(each.name)
        if type(value) is type(getattr(defaults, each.name)):
            taken[each.name] = value
    settings = replace(defaults, **taken)
    shortcuts = {name: keys for name, keys in settings.shortcuts.items() if isinstance(keys, str)}
    if settings.theme not in THEMES:
        settings = replace(settings, theme=defaults.theme)
    size = min(max(settings.text_size, SMALLEST_TEXT), LARGEST_TEXT)
    lock_after = min(max(settings.lock_after, 0), MOST_MINUTES)
    return replace(settings, text_size=size, lock_after=lock_after, shortcuts=shortcuts)


def _set_aside(file: Path) -> Settings:
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    try:
        file.rename(aside)
    except OSError:
        _log.warning("The damaged settings could not be kept aside.", exc_info=True)
    else:
        _log.warning("The settings were damaged; the file is kept as %s.", aside.name)
    return Settings()
