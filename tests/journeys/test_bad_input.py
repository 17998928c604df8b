"""Bad input at the real window of a real app: each with a clear message, and nothing lost.

Each case of the issue, and where it is tested: first in the room that knows it, then here with
everything around it.

===============================  ==========================================================
a text file named .jpg           tests/unit/test_photos_refused.py, tests/ui/test_photo_desk.py,
a truncated JPEG                 and :func:`test_hostile_files_are_told_by_name_and_harm_nothing`
a 300-megapixel image            for all five
a 0-byte file
a file that vanishes
a headline of 10,000 characters  tests/ui/test_report_pane.py, tests/server/test_filing.py;
lone surrogates, control         tests/unit/test_text_normal.py, tests/ui/editor/test_pasting.py;
characters                       :func:`test_long_and_hostile_words_reach_the_desk_clean` for both
a wrong password                 tests/ui/test_sign_in_dialog.py,
a web page for a server          tests/unit/test_publishing_http.py; for all three
a server of another version      :func:`test_signing_in_says_what_is_wrong_until_it_is_right`
an expired or revoked token      tests/sync/test_engine.py, tests/sync/test_real_server.py;
                                 :func:`test_a_revoked_token_asks_to_sign_in_and_then_sends`
a full disk                      tests/store/test_full_disk.py, tests/ui/test_autosave.py,
                                 tests/journeys/test_small_disk.py
drafts.db is no database         tests/store/test_opening.py, tests/store/test_first_screen.py;
                                 :func:`test_a_file_that_is_no_store_is_said_and_left_as_it_is`
===============================  ==========================================================
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from reporterdesk.paths import drafts_file
from support.api import Api
from support.driving import DrivenApp
from support.hostile_http import as_json, as_page, hostile_server
from support.jpegs import make_jpeg
from support.servers import PASSWORD, running_server
from support.whole_report import write_report

OpenLaptop = Callable[[str], DrivenApp]
HOSTILE = "Bell\x07 and \ud83d half, \ud800\udfff whole; nul \x00 escape \x1b[31m end"
CLEAN = "Bell and half, \U000103ff whole; nul escape [31m end"
"""Qt drops the half of a pair before anybody sees it; the rooms below are tested with one."""


def giant_png() -> bytes:
    """Return a true PNG of 300 megapixels in one bit each; it is as small as a letter."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    side = 17_321
    packer = zlib.compressobj(9)
    line = bytes(1 + (side + 7) // 8)
    pixels = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_hostile_files_are_told_by_name_and_harm_nothing(
    open_laptop: OpenLaptop, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    photo = make_jpeg(800, 600)
    files = {
        "good.jpg": photo,
        "letter.jpg": b"Dear desk, the photos follow.",
        "cut.jpg": photo[: len(photo) // 2],
        "poster.png": giant_png(),
        "empty.jpg": b"",
        "pulled-out.jpg": photo,
        "last.jpg": make_jpeg(800, 600, seed=2),
    }
    for name, content in files.items():
        (card / name).write_bytes(content)
    assert len(files["poster.png"]) < 100_000
    app = open_laptop("ana")
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words="Before the photos")
    app.do(
        "let_fall",
        files=[str(card / name) for name in files],
        vanishing=[str(card / "pulled-out.jpg")],
    )
    for told in (
        "5 files could not be added. The others are in the report.",
        "letter.jpg: The file is not a photo that can be read.",
        "cut.jpg: The photo is damaged or incomplete.",
        "poster.png: The picture has 300 million pixels, too many to be opened safely.",
        "empty.jpg: The file is empty (0 bytes).",
        "pulled-out.jpg: The file could not be read",
    ):
        app.do("wait_words", words=told)
    app.do("wait", photos=2, headline="Before the photos")
    app.do("write", paragraphs=["And after them."])
    app.do("saved")
    app.quit()
    app.start()
    app.do("wait", photos=2, headline="Before the photos", body="And after them.")
    app.quit()


def test_long_and_hostile_words_reach_the_desk_clean(
    open_laptop: OpenLaptop, newsroom: Path
) -> None:
    long = ("Teachers meet in Lahore " * 420)[:9_999] + "!"
    with running_server(newsroom) as server:
        app = open_laptop("ana")
        app.sign_in(server.url, "ana@example.org")
        report_id = write_report(app, ())
        app.do("press", text="Text")
        app.do("type", into="Headline", words="")
        app.do("keys", keys=["Delete"])
        app.do("paste", into="Headline", words=long)
        app.do("type", into="Byline", words=HOSTILE)
        app.do("type", into="Standfirst", words="Pasted: ")
        app.do("paste", into="Standfirst", words=HOSTILE)
        app.do("paste", into="Text of the report", words=HOSTILE)
        app.do("saved")
        app.do("choose", action="report.file")
        app.do("wait", status="filed", waiting=0)
        desk = Api(server.url, "eve@example.org")
        filed = desk.get(f"/v1/reports/{report_id}").json()
        desk.close()
        app.quit()
    assert filed["headline"] == long
    for text in (filed["byline"], filed["standfirst"], filed["body"]):
        assert text.split()[-len(CLEAN.split()) + 1 :] == CLEAN.split()[1:]
        assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
        text.encode("utf-8")  # which no lone surrogate can be


def test_signing_in_says_what_is_wrong_until_it_is_right(
    open_laptop: OpenLaptop, newsroom: Path
) -> None:
    other = as_json("404 Not Found", {"detail": "Not Found"})
    with (
        running_server(newsroom) as server,
        hostile_server(other) as of_another_version,
        hostile_server(as_page("404 Not Found")) as web_page,
    ):
        app = open_laptop("ana")
        app.do("choose", action="account.sign_in")
        app.do("type", into="E-mail", words="ana@example.org")
        for address, password, told in (
            (server.url, "not this one", "The e-mail address or the password is wrong."),
            (web_page.url, PASSWORD, "That address is a web page"),
            (of_another_version.url, PASSWORD, "another version"),
            ("http://127.0.0.1:1", PASSWORD, "There is no connection"),
        ):
            app.do("type", into="Address of the desk", words=address)
            app.do("type", into="Password", words=password)
            app.do("press", text="Sign in")
            app.do("wait_words", words=told)
            assert app.do("look")["person"] is None
        # The address of a page of the desk's own site is understood as the desk's.
        app.do("type", into="Address of the desk", words=f"{server.url}/sections/town")
        app.do("type", into="Password", words=PASSWORD)
        app.do("press", text="Sign in")
        app.do("wait", person="Ana")
        app.quit()


def test_a_revoked_token_asks_to_sign_in_and_then_sends(
    open_laptop: OpenLaptop, newsroom: Path
) -> None:
    with running_server(newsroom) as server:
        app = open_laptop("ana")
        app.sign_in(server.url, "ana@example.org")
        revoke_tokens(app, server.url)
        report_id = write_report(app, ())
        app.do("choose", action="report.file")
        app.do("wait", status="outbox", waiting=1)
        app.do("wait_words", words="Waiting for you to sign in.")
        app.do("go", place="outbox")
        app.do("press", text="Sign in…")
        # Address and e-mail are known.
        app.do("type", into="Password", words=PASSWORD)
        app.do("press", text="Sign in")
        app.do("wait", report_id=report_id, status="filed", waiting=0)
        app.quit()


def revoke_tokens(app: DrivenApp, url: str) -> None:
    """Sign the laptop's device out at the desk, behind its back."""
    kept = json.loads(app.keyring.read_text(encoding="utf-8"))
    tokens = [secret for name, secret in kept.items() if " at " in name]
    assert len(tokens) == 1
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.delete(f"{url}/v1/tokens/current", headers=headers, timeout=30)
        assert answer.status_code == 204


@pytest.mark.parametrize("content", [b"Dear diary,\n" * 900, b"\0" * 8192], ids=["words", "zeros"])
def test_a_file_that_is_no_store_is_said_and_left_as_it_is(
    open_laptop: OpenLaptop, content: bytes
) -> None:
    app = open_laptop("ana")
    app.quit()
    drafts_file(app.home).write_bytes(content)
    app.start()
    app.do("wait_words", words="is not a draft store, or is damaged.")
    app.do("wait_words", words="The file was left exactly as it is.")
    app.do("press", text="Try again")
    app.do("wait_words", words="is not a draft store, or is damaged.")
    app.do("press", text="Quit")
    app.wait_for_end()
    assert drafts_file(app.home).read_bytes() == content


@pytest.mark.parametrize("way", ["Encrypt now", "Not now"])
def test_a_file_that_was_there_before_the_first_start_is_left_as_it_is(
    open_laptop: OpenLaptop, tmp_path: Path, way: str
) -> None:
    home = tmp_path / "laptops" / "ana"
    home.mkdir(parents=True)
    content = b"Dear diary,\n" * 900
    drafts_file(home).write_bytes(content)
    app = open_laptop("ana")
    app.do("press", text=way)
    app.do("wait_words", words="is not a draft store, or is damaged.")
    app.do("wait_words", words="The file was left exactly as it is.")
    app.do("press", text="Quit")
    app.wait_for_end()
    assert drafts_file(home).read_bytes() == content
