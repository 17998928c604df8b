"""A reader's browser: real HTTP to a real server, nothing followed unless asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from fastapi import FastAPI

from support.servers import threaded_server


class Browser:
    """Asks one server for paths."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, path: str, headers: dict[str, str] | None = None) -> requests.Response:
        """Ask for a page."""
        return self._ask("GET", path, headers)

    def head(self, path: str, headers: dict[str, str] | None = None) -> requests.Response:
        """Ask for a page's headers."""
        return self._ask("HEAD", path, headers)

    def post(self, path: str, headers: dict[str, str] | None = None) -> requests.Response:
        """Send nothing to an address."""
        return self._ask("POST", path, headers)

    def close(self) -> None:
        """Close kept connections."""
        self._session.close()

    def _ask(self, method: str, path: str, headers: dict[str, str] | None) -> requests.Response:
        return self._session.request(
            method, self.url + path, headers=headers, allow_redirects=False, timeout=20
        )


@contextmanager
def browsing(app: FastAPI) -> Iterator[Browser]:
    """Serve ``app`` and give a browser in front of it."""
    with threaded_server(app) as url:
        browser = Browser(url)
        try:
            yield browser
        finally:
            browser.close()
