"""By which way calls reach their server: straight, or through a link on this machine."""

from __future__ import annotations


class Route:
    """A way that can be changed while it is in use. Safe from any thread.

    Only the connection goes elsewhere: addresses, headers, and what TLS proves stay the server's.

    :ivar link: host and port of a link on this machine that leads to the server, or ``None``.
    """

    def __init__(self) -> None:
        self.link: tuple[str, int] | None = None
