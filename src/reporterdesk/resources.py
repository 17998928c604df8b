"""Where the files that ship with the app are: in the package, or beside ``src/`` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """Return the folder of resources.

    A wheel holds it as ``reporterdesk/resources``; an editable install finds it beside ``src/``.

    :raises FileNotFoundError: neither is there; the installation is damaged.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("ReporterDesk’s resources are missing from this installation.")


def resource(*parts: str) -> Path:
    """Return the path of one resource, for instance ``resource("icons", "new.svg")``."""
    return resources_folder().joinpath(*parts)
