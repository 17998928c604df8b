"""One server for most tests, as a thread: each test makes reports of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from support.api import Api
from support.servers import fill, threaded_server


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A server's application with the sample people."""
    data = tmp_path_factory.mktemp("server") / "data"
    fill(data)
    return create_app(
        ServerConfig(data, public_url="https://news.example", upload_stalled_after=0.5)
    )


@pytest.fixture(scope="session")
def server_url(app: FastAPI) -> Iterator[str]:
    """The address at which it is served."""
    with threaded_server(app) as url:
        yield url


def _device(url: str, email: str | None) -> Iterator[Api]:
    api = Api(url, email)
    yield api
    api.close()


@pytest.fixture(scope="session")
def ana(server_url: str) -> Iterator[Api]:
    """A reporter of the section “town”."""
    yield from _device(server_url, "ana@example.org")


@pytest.fixture(scope="session")
def ben(server_url: str) -> Iterator[Api]:
    """A reporter of the sections “town” and “sport”."""
    yield from _device(server_url, "ben@example.org")


@pytest.fixture(scope="session")
def eve(server_url: str) -> Iterator[Api]:
    """An editor of “town”."""
    yield from _device(server_url, "eve@example.org")


@pytest.fixture(scope="session")
def sam(server_url: str) -> Iterator[Api]:
    """An editor of “sport”."""
    yield from _device(server_url, "sam@example.org")


@pytest.fixture(scope="session")
def adm(server_url: str) -> Iterator[Api]:
    """An administrator without a role in any section."""
    yield from _device(server_url, "adm@example.org")


@pytest.fixture(scope="session")
def nobody(server_url: str) -> Iterator[Api]:
    """Somebody who is not signed in."""
    yield from _device(server_url, None)
