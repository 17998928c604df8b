"""The page templates: Jinja2 with everything escaped, and no name that is not given."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reporterdesk.text.direction import direction


class Pages:
    """Renders templates and holds the static files; made once, then only read."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._static = {
            path.name: path.read_bytes() for path in sorted((folder / "static").iterdir())
        }
        self._environment.globals["static"] = self.static_path
        self._environment.globals["direction"] = direction

    def render(self, template: str, **values: object) -> bytes:
        """Return the page as UTF-8; what UTF-8 cannot hold becomes a question mark."""
        text = self._environment.get_template(template).render(**values)
        return text.encode("utf-8", "replace")

    def static(self, name: str) -> bytes:
        """Return a static file's bytes.

        :raises KeyError: there is no such file.
        """
        return self._static[name]

    def static_path(self, name: str) -> str:
        """Return the address of a static file, which changes with its content."""
        return f"/static/{name}?v={self.version(name)}"

    def version(self, name: str) -> str:
        """Return what names this file's content in its address.

        :raises KeyError: there is no such file.
        """
        return hashlib.sha256(self._static[name]).hexdigest()[:12]
