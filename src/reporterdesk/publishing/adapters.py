"""How connections are made: whom they trust, and by which way they go."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter

from reporterdesk.publishing.kept import POOLS
from reporterdesk.publishing.route import Route


class RoutedAdapter(HTTPAdapter):
    """Makes connections by the way that a :class:`Route` says at the time of each call."""

    def __init__(self, route: Route) -> None:
        self._route = route
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, of connections that have not lain idle for long."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request; a link on this machine is asked for directly, whatever proxy is set."""
        if self._route.link is not None:
            kwargs["proxies"] = {}
            # The connection's own host is the link; the server is to hear its own name.
            request.headers.setdefault("Host", urlsplit(request.url or "").netloc)
        return super().send(request, *args, **kwargs)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> Any:
        """Say where to connect to, and which name the certificate must be for."""
        where, how = super().build_connection_pool_key_attributes(request, *args, **kwargs)
        link, server = self._route.link, where["host"]
        if link is None:
            return where, how
        of_tls = {"server_hostname": server, "assert_hostname": server}
        by_link = {**where, "host": link[0], "port": link[1]}
        return by_link, {**how, **(of_tls if where["scheme"] == "https" else {})}


class SystemTrust(RoutedAdapter):
    """Trusts whom the operating system trusts, not a list of our own."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools with the system's trust store."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **kwargs)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the certificate to the context: ``requests`` would add its own list here."""
