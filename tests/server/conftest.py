"""One server for most tests, as a thread: each test makes reports of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.site.routes import site_router
from support.api import Api
from support.browser import Browser, browsing
from support.dying_server import DyingServers, dying_servers
from support.published import SETTINGS, MemoryPublished, sample_site
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


@pytest.fixture(scope="session")
def servers() -> Iterator[DyingServers]:
    """What starts server processes quickly, and lets them die. Linux only."""
    with dying_servers() as starting:
        yield starting


@pytest.fixture(scope="module")
def running_site() -> Iterator[tuple[MemoryPublished, Browser]]:
    """One served site for the module; what it publishes is each test's own."""
    published = sample_site()
    app = FastAPI()
    app.include_router(site_router(published, SETTINGS))
    with browsing(app) as client:
        yield published, client


@pytest.fixture
def source(running_site: tuple[MemoryPublished, Browser]) -> MemoryPublished:
    """The sample newsroom's published reports, as they are at first."""
    published, fresh = running_site[0], sample_site()
    published.site_sections[:] = fresh.site_sections
    published.reports[:] = fresh.reports
    published.withdrawn.clear()
    return published


@pytest.fixture
def site(running_site: tuple[MemoryPublished, Browser], source: MemoryPublished) -> Browser:
    """A browser in front of the site."""
    assert running_site[0] is source
    return running_site[1]
