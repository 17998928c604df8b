"""What the server is told at its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where the server keeps things, and its limits.

    Without URLs there is one SQLite file and one folder of photos under ``data``. Partial uploads
    are always under ``data``. ``public_url`` is the site's address without a slash at the end, or
    ``""`` for addresses relative to the site. Sizes are in bytes, times in seconds unless typed.
    """

    data: Path
    database_url: str | None = None
    media_url: str | None = None
    public_url: str = ""
    token_lifetime: timedelta | None = None
    """``None``: a token is good until it is revoked."""
    body_limit: int = 8 * 1024 * 1024
    """The largest JSON body, also after it was decompressed."""
    longest_wait: float = 240.0
    """The ceiling of ``wait`` in ``GET /v1/changes``: networks forget connections that say
    nothing for five minutes."""
    keep_alive: float = 300.0
    """A connection on which nothing is asked for so long is closed; longer than ``longest_wait``,
    so that whoever asks now and then never has to connect again."""
    upload_stalled_after: float = 3.0
    """A writer silent for so long gives way to a new one."""
    upload_idle_after: float = 60.0
    """A writer silent for so long is let go."""

    uploads_kept_for: timedelta = timedelta(days=14)
    """How long after its last byte an upload that was begun may still go on."""

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{(self.data / 'server.db').as_posix()}"

    @property
    def photos(self) -> Path:
        """The folder of complete photos, where there is no ``media_url``."""
        return self.data / "photos"

    @property
    def partial_uploads(self) -> Path:
        """The folder of uploads under way."""
        return self.data / "uploads"
