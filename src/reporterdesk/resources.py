"""Icons, themes, templates and texts that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Return the path of a resource, as in ``resource_path("icons", "bold.svg")``.

    A wheel has the resources inside the package. An editable install has them beside ``src/``,
    because the build's ``force-include`` does not reach it.

    :raises FileNotFoundError: there is no such resource in either place.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent.parent / "resources"):
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join(parts)
    raise FileNotFoundError(f"The resource “{name}” is missing from this installation.")
