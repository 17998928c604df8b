"""Addresses: what a person types, and what a server may name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.errors import NotTheApi
from reporterdesk.publishing.addresses import (
    login_address,
    normal_server_url,
    upload_address,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("desk.example", "https://desk.example"),
        ("  Desk.Example/ ", "https://desk.example"),
        ("https://desk.example:443/", "https://desk.example"),
        ("http://desk.example", "http://desk.example"),
        ("http://desk.example:80", "http://desk.example"),
        ("desk.example:8443", "https://desk.example:8443"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("https://desk.example/sections/rome/?page=2#top", "https://desk.example"),
        ("https://desk.example/v1/me", "https://desk.example"),
        ("https://news.example/desk/", "https://news.example/desk"),
        ("https://news.example/desk/v1/me", "https://news.example/desk"),
        ("redazione-città.example", "https://redazione-città.example"),
    ],
)
def test_an_address_is_understood_as_it_is_meant(typed: str, meant: str) -> None:
    assert normal_server_url(typed) == meant
    assert normal_server_url(meant) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "hello world",
        "ftp://desk.example",
        "file:///etc/passwd",
        "javascript://desk.example/%0aalert(1)",
        "https://",
        "https://desk.example:port",
        "https://desk.example:99999",
        "https://name:secret@desk.example",
        "https://de sk.example",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(NotTheApi) as caught:
        normal_server_url(typed)
    assert "secret" not in str(caught.value)
    assert str(caught.value).endswith("Check the address of your desk.")


@given(st.text())
def test_any_text_is_an_address_or_a_known_error(typed: str) -> None:
    try:
        url = normal_server_url(typed)
    except NotTheApi:
        return
    assert url.startswith(("https://", "http://"))
    assert normal_server_url(url) == url


@pytest.mark.parametrize(
    ("named", "full"),
    [
        ("/v1/uploads/r/abc", "https://desk.example/v1/uploads/r/abc"),
        ("https://desk.example/v1/uploads/r/abc", "https://desk.example/v1/uploads/r/abc"),
    ],
)
def test_an_upload_goes_to_the_desk(named: str, full: str) -> None:
    assert upload_address("https://desk.example", named) == full


def test_an_upload_goes_below_the_prefix_of_the_desk() -> None:
    base = "https://news.example/desk"
    assert upload_address(base, "/v1/uploads/r/abc") == f"{base}/v1/uploads/r/abc"
    assert upload_address(base, "/desk/v1/uploads/r/abc") == f"{base}/v1/uploads/r/abc"


@pytest.mark.parametrize(
    "named",
    [
        "https://thief.example/v1/uploads/r/abc",
        "//thief.example/v1/uploads/r/abc",
        "http://desk.example/v1/uploads/r/abc",
        "https://desk.example:8443/v1/uploads/r/abc",
        "https://desk.example@thief.example/v1/uploads/r/abc",
        "https://me@desk.example/v1/uploads/r/abc",
        "/v1/uploads/../tokens/current",
        "/v1/uploads/%2e%2e/tokens",
        "/v1/uploads/r/abc?to=thief.example",
        "/v1/uploads/",
        "/v1/reports/r",
        "\\\\thief.example\\v1\\uploads\\r",
        "https://[::1/v1/uploads/r",
        "",
    ],
)
def test_an_upload_goes_nowhere_else(named: str) -> None:
    with pytest.raises(NotTheApi):
        upload_address("https://desk.example", named)


@pytest.mark.parametrize(
    ("called", "moved_to", "address"),
    [
        ("https://desk.example/v1/me", "", "http://desk.example/"),
        ("https://desk.example:8443/v1/me", "", "http://desk.example/"),
        ("http://10.0.0.7:8000/v1/me", "", "http://10.0.0.7:8000/"),
        ("http://desk.example/v1/me", "https://wifi.example/in?a=1", "https://wifi.example/in?a=1"),
        ("http://desk.example/v1/me", "/login", "http://desk.example/login"),
        ("http://desk.example/v1/me", "//wifi.example/in", "http://wifi.example/in"),
        # What a strange network says is opened in a browser: nothing but web pages.
        ("http://desk.example/v1/me", "file:///etc/passwd", "http://desk.example/"),
        ("http://desk.example/v1/me", "javascript:alert(1)", "http://desk.example/"),
        ("http://desk.example/v1/me", "http://[", "http://desk.example/"),
    ],
)
def test_a_login_page_is_opened_where_a_browser_would_meet_it(
    called: str, moved_to: str, address: str
) -> None:
    assert login_address(called, moved_to) == address
