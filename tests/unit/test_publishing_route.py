"""Calls that go through a link on this machine: only the connection goes elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporterdesk.demo.bad_link.profiles import PROFILES
from reporterdesk.domain.errors import NoConnection, NotTheApi
from reporterdesk.publishing.http import Http
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.publishing.route import Route
from support.bad_links import LinkOnAThread, bad_link
from support.hostile_http import as_json, hostile_server
from support.tls_servers import tls_server

HELLO = as_json("200 OK", {"hello": "desk"})


def leads_through(link: LinkOnAThread) -> Route:
    route = Route()
    route.link = ("127.0.0.1", int(link.url.rsplit(":", 1)[1]))
    return route


def test_a_route_goes_through_the_link_and_back_to_straight() -> None:
    with hostile_server(HELLO) as server, bad_link(server.url) as link:
        route = leads_through(link)
        http = Http(server.url, "token", route=route)
        assert http.call("GET", f"{server.url}/v1/me").status == 200
        assert link.counts.connections == 1
        assert server.calls[0].headers["host"] == server.url.removeprefix("http://")
        route.link = None
        assert http.call("GET", f"{server.url}/v1/me").status == 200
        assert link.counts.connections == 1
        http.close()


def test_signing_in_goes_the_same_way() -> None:
    with hostile_server(HELLO) as server, bad_link(server.url, PROFILES["portal"]) as link:
        service = ReferenceSignIn(route=leads_through(link))
        with pytest.raises(NotTheApi):
            service.sign_in(server.url, "ana@example.org", "secret", "laptop")
        assert server.calls == []
        connector = service.connect(server.url, "token")
        with pytest.raises(NotTheApi):
            connector.me()
        connector.close()


def test_a_proxy_in_the_environment_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with hostile_server(HELLO) as server, bad_link(server.url) as link:
        http = Http("http://desk.example", "token", route=leads_through(link))
        assert http.call("GET", "http://desk.example/v1/me").status == 200
        assert server.calls[0].headers["host"] == "desk.example"
        http.close()


def test_tls_is_proved_by_the_server_behind_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with tls_server(tmp_path, "desk.example", HELLO) as server, bad_link(server.url) as link:
        route = leads_through(link)
        http = Http("https://desk.example", "token", route=route)
        assert http.call("GET", "https://desk.example/v1/me").status == 200
        assert "Host: desk.example\r\n" in server.heads[0]
        link.use(PROFILES["portal"])
        with pytest.raises(NotTheApi, match="could not prove that it is the desk"):
            http.call("GET", "https://desk.example/v1/me")
        http.close()


def test_a_certificate_for_another_name_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with tls_server(tmp_path, "another.example", HELLO) as server, bad_link(server.url) as link:
        http = Http("https://desk.example", "token", route=leads_through(link))
        with pytest.raises(NotTheApi, match="could not prove that it is the desk"):
            http.call("GET", "https://desk.example/v1/me")
        assert not any(server.heads)
        http.close()


def test_a_link_that_is_gone_is_no_connection() -> None:
    with hostile_server(HELLO) as server:
        with bad_link(server.url) as link:
            route = leads_through(link)
        http = Http(server.url, "token", route=route)
        with pytest.raises(NoConnection):
            http.call("GET", f"{server.url}/v1/me")
        http.close()
