"""The server as a real process: administered, killed at bad moments, stopped in good order."""

from __future__ import annotations

import hashlib
import io
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reporterdesk.cli import main
from reporterdesk.domain.ids import new_id
from reporterdesk.server.run import serve
from support.api import Api, message, photo
from support.servers import PASSWORD, fill, running_server


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The data folder of a server with the sample people."""
    fill(tmp_path / "data")
    return tmp_path / "data"


def admin(data: Path, *words: str, password: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real ``reporterdesk admin``."""
    return subprocess.run(
        [sys.executable, "-m", "reporterdesk", "admin", "--data", str(data), *words],
        input=f"{password}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_revision_whose_answer_was_lost_is_kept_once(data: Path) -> None:
    report_id, sent = new_id(), message()
    with running_server(data) as server:
        ana = Api(server.url, "ana@example.org")
        send_and_never_read(ana, report_id, sent)
        while ana.get(f"/v1/reports/{report_id}").status_code != 200:
            assert server.process.poll() is None
        server.kill()
    with running_server(data) as server:
        ana.url = server.url
        answer = ana.file(report_id, sent)
        assert answer.status_code == 201
        lines = ana.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
        assert [line["revision_id"] for line in lines] == [sent["revision_id"]]
        assert len(ana.get("/v1/reports").json()["reports"]) == 1
        ana.close()


def send_and_never_read(api: Api, report_id: str, sent: dict[str, object]) -> None:
    """Send a revision and hang up without reading the answer."""
    body = json.dumps(sent).encode()
    host = urlsplit(api.url)
    lines = [
        f"PUT /v1/reports/{report_id} HTTP/1.1",
        f"Host: {host.netloc}",
        f"Authorization: Bearer {api.token}",
        "Content-Type: application/json",
        "If-None-Match: *",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection((host.hostname or "", host.port or 0), 30) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)


def test_killed_while_ten_send_the_same(data: Path) -> None:
    report_id, sent = new_id(), message()
    with running_server(data) as server:
        ana = Api(server.url, "ana@example.org")
        with ThreadPoolExecutor(10) as pool:
            futures = [pool.submit(ana.file, report_id, sent) for _ in range(10)]
            next(iter(futures)).exception()
            server.kill()
    with running_server(data) as server:
        ana.url = server.url
        assert ana.file(report_id, sent).status_code == 201
        lines = ana.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
        assert len(lines) == 1
        ana.close()


def test_an_upload_goes_on_after_a_kill(data: Path) -> None:
    report_id, photo_bytes = new_id(), new_id().encode() * 10_000
    sent = message(photos=[photo(photo_bytes, photo_bytes)])
    url = f"/v1/uploads/{report_id}/{hashlib.sha256(photo_bytes).hexdigest()}"
    with running_server(data) as server:
        ana = Api(server.url, "ana@example.org")
        ana.file(report_id, sent)
        assert ana.patch(url, 0, photo_bytes[:200_000]).status_code == 204
        server.kill()
    partial = next((data / "uploads").glob("*/*"))
    partial.write_bytes(partial.read_bytes() + b"not acknowledged")
    with running_server(data) as server:
        ana.url = server.url
        assert ana.head(url).headers["Upload-Offset"] == "200000"
        assert ana.patch(url, 200_000, photo_bytes[200_000:]).status_code == 204
        sha256 = url.rpartition("/")[2]
        assert ana.get(f"/v1/photos/{sha256}/full").content == photo_bytes
        assert not list((data / "uploads").glob("*/*"))
        ana.close()


def test_it_stops_in_good_order_while_somebody_waits(data: Path) -> None:
    with running_server(data) as server, ThreadPoolExecutor(1) as pool:
        ana = Api(server.url, "ana@example.org")
        waiting = pool.submit(ana.get, "/v1/changes?wait=60", timeout=60)
        assert ana.get("/readyz").text == "ready\n"
        server.process.terminate()
        assert server.process.wait(30) == 0
        answer = waiting.exception() or waiting.result()
        assert isinstance(answer, Exception) or answer.json()["changes"] == []
        ana.close()


def test_a_taken_port_is_told_in_a_sentence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--data", str(data), "--port", str(port)]) == 1
    assert capsys.readouterr().err.startswith(f"Cannot listen on 127.0.0.1:{port}")


def test_a_second_server_on_the_same_folder_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(data) as server:
        assert serve(data, port=0) == 1
        assert capsys.readouterr().err == f"Another server is running on {data}. Stop it first.\n"
        server.kill()
    with running_server(data):
        pass


def test_a_database_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "server.db").write_bytes(b"not a database" * 1000)
    done = admin(data, "section", "add", "Town", "--slug", "town")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"database_url": "bogus://host/name"}, "The database URL cannot be used."),
        ({"database_url": "not a url"}, "The database URL cannot be used."),
        ({"media_url": "bogus://bucket"}, "The media URL cannot be used."),
        ({"media_url": "not a url"}, "The media URL cannot be used."),
    ],
)
def test_a_url_of_no_use_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, str], told: str
) -> None:
    assert serve(tmp_path / "data", port=0, **options) == 1
    assert capsys.readouterr().err.startswith(told)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "data"
    assert serve(data, port=0) == 1
    assert capsys.readouterr().err.startswith(f"Cannot use {data}: ")


def admin_here(
    data: Path, *words: str, monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD
) -> int:
    """Run the same command in this process, which is quicker."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["admin", "--data", str(data), *words])


def test_sections_people_and_tokens_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    section = admin(data, "section", "add", "Town news", "--slug", "town", "--introduction", "Hi")
    assert (section.returncode, section.stderr) == (0, "")
    words = "person add Zoe@example.org --name Zoë --role reporter:town --role editor:town"
    made = admin(data, *words.split(), "--administrator", "--password-stdin", password=PASSWORD)
    assert (made.returncode, made.stderr) == (0, "")
    with running_server(data) as server:
        zoe = Api(server.url, "zoe@example.org", device="Laptop")
        person = zoe.get("/v1/me").json()["person"]
        assert (person["name"], person["administrator"]) == ("Zoë", True)
        assert {role["role"] for role in person["roles"]} == {"reporter", "editor"}
        assert admin_here(data, "token", "list", monkeypatch=monkeypatch) == 0
        listed = capsys.readouterr().out
        assert "zoe@example.org" in listed
        assert zoe.token not in listed
        token_id = listed.split()[0]
        assert admin_here(data, "token", "revoke", token_id, monkeypatch=monkeypatch) == 0
        assert zoe.get("/v1/me").status_code == 401
        again = Api(server.url, "zoe@example.org")
        words = "person reset-password zoe@example.org --password-stdin"
        assert admin_here(data, *words.split(), monkeypatch=monkeypatch) == 0
        assert again.get("/v1/me").status_code == 401
        zoe.close()
        again.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("section add Town --slug town", "There is a section “town” already."),
        ("section add Town --slug Town!", "A slug has small letters"),
        ("section add Town --slug t --link-url https://x.example", "starts with “/”"),
        ("person add x --name X --password-stdin", "is not an e-mail address"),
        ("person add ana@example.org --name X --password-stdin", "already"),
        ("person add x@x.example --name X --role boss:town --password-stdin", "is no role"),
        ("person add x@x.example --name X --role editor:no --password-stdin", "no section “no”"),
        ("person reset-password x@x.example --password-stdin", "There is no person"),
        ("token revoke x", "There is no token"),
    ],
)
def test_a_refusal_is_one_line_and_changes_nothing(
    data: Path,
    words: str,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert admin_here(data, *words.split(), monkeypatch=monkeypatch) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_short_password_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "person add x@x.example --name X --password-stdin"
    assert admin_here(data, *words.split(), monkeypatch=monkeypatch, password="short") == 1
    assert "at least 8 characters" in capsys.readouterr().err
