"""Signing devices in and out; slowing down who guesses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from reporterdesk.server.app import create_app
from reporterdesk.server.config import ServerConfig
from reporterdesk.server.tables import people, tokens
from support.api import Api
from support.servers import PASSWORD, fill, quick_passwords, threaded_server


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 14, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it was put to."""
        return self.now

    def put(self, **delta: float) -> None:
        """Move it."""
        self.now += timedelta(**delta)


@pytest.fixture
def clock() -> SetClock:
    """The server's clock."""
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[Api]:
    """A caller of a server of its own, not signed in."""
    fill(tmp_path / "data")
    config = ServerConfig(tmp_path / "data", token_lifetime=timedelta(days=30))
    app = create_app(config, clock=clock, passwords=quick_passwords())
    with threaded_server(app) as url:
        api = Api(url)
        api.app = app  # type: ignore[attr-defined]
        yield api
        api.close()


def sign_in(api: Api, email: str = "ana@example.org", password: str = PASSWORD, **more: Any) -> Any:
    """Sign in and return the response."""
    message = {"email": email, "password": password, "device": "Laptop", **more}
    return api.call("POST", "/v1/tokens", json=message)


def me(api: Api, token: str) -> int:
    """Return the status of asking who one is."""
    return api.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_the_answer_tells_who_signed_in(desk: Api) -> None:
    answer = sign_in(desk, email=" Ana@Example.ORG ")
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    person = answer.json()["person"]
    assert (person["name"], person["email"], person["administrator"]) == (
        "Ana",
        "ana@example.org",
        False,
    )
    assert person["roles"] == [{"section": "town", "role": "reporter"}]


def test_me_tells_the_sections_and_the_version(ana: Api, adm: Api) -> None:
    found = ana.get("/v1/me").json()
    assert found["api_version"] == 1
    assert found["sections"] == [{"slug": "town", "name": "Town", "checklist": ["Names checked?"]}]
    assert [section["slug"] for section in adm.get("/v1/me").json()["sections"]] == [
        "town",
        "sport",
    ]


def test_neither_password_nor_token_is_kept(desk: Api) -> None:
    token = sign_in(desk).json()["token"]
    with desk.app.state.parts.database.read() as connection:  # type: ignore[attr-defined]
        kept = [tuple(row) for row in connection.execute(select(tokens))]
        hashes = [row.password_hash for row in connection.execute(select(people))]
    assert token not in repr(kept)
    assert all(value.startswith("$argon2id$") for value in hashes)


def test_a_wrong_pair_is_the_same_problem_for_every_reason(desk: Api) -> None:
    answers = [sign_in(desk, password="wrong"), sign_in(desk, email="nobody@example.org")]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].content == answers[1].content
    assert answers[0].json()["type"] == "/problems/wrong-password"


def test_failed_tries_are_slowed_down_and_the_right_password_waits_too(
    desk: Api, clock: SetClock
) -> None:
    for _ in range(5):
        assert sign_in(desk, password="wrong").status_code == 401
    answer = sign_in(desk)
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/slow-down")
    assert answer.headers["Retry-After"] == "1"
    assert sign_in(desk, email="ben@example.org").status_code == 201
    clock.put(seconds=1)
    assert sign_in(desk, password="wrong").status_code == 401
    assert sign_in(desk).headers["Retry-After"] == "2"
    clock.put(hours=-1)
    assert int(sign_in(desk).headers["Retry-After"]) <= 2
    clock.put(hours=1, seconds=2)
    assert sign_in(desk).status_code == 201
    assert sign_in(desk, password="wrong").status_code == 401


def test_guessing_in_parallel_does_not_slip_through(desk: Api) -> None:
    with ThreadPoolExecutor(12) as pool:
        tries = [pool.submit(sign_in, desk, password="wrong") for _ in range(12)]
    statuses = sorted(answer.result().status_code for answer in tries)
    assert statuses == [401] * 5 + [429] * 7


def test_an_address_is_slowed_down_over_many_accounts(desk: Api) -> None:
    statuses = [sign_in(desk, email=f"a{n}@example.org").status_code for n in range(31)]
    assert statuses == [401] * 30 + [429]


def test_one_token_a_device(desk: Api) -> None:
    first = sign_in(desk).json()["token"]
    other = sign_in(desk, device="Phone").json()["token"]
    second = sign_in(desk).json()["token"]
    assert [me(desk, token) for token in (first, other, second)] == [401, 200, 200]


def test_signing_out_ends_one_device(desk: Api) -> None:
    one = sign_in(desk).json()["token"]
    two = sign_in(desk, device="Phone").json()["token"]
    headers = {"Authorization": f"Bearer {one}"}
    assert desk.call("DELETE", "/v1/tokens/current", headers=headers).status_code == 204
    answer = desk.call("DELETE", "/v1/tokens/current", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert me(desk, two) == 200


def test_a_token_expires(desk: Api, clock: SetClock) -> None:
    token = sign_in(desk).json()["token"]
    clock.put(days=29)
    assert me(desk, token) == 200
    clock.put(days=2)
    assert me(desk, token) == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer \xe9", "x"])
def test_no_token_is_a_problem(desk: Api, header: str) -> None:
    answer = desk.get("/v1/me", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in")


@pytest.mark.parametrize("change", [{"password": "\ud800"}, {"email": "\x00"}, {"device": None}])
def test_hostile_messages_do_not_upset_it(desk: Api, change: dict[str, Any]) -> None:
    assert sign_in(desk, **change).status_code in {401, 422}
