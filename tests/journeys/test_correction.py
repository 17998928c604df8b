"""A published report is corrected: by the reporter, through the desk, before the readers' eyes."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import requests

from support.driving import DrivenApp
from support.servers import running_server
from support.whole_report import HEADLINE, take_photos, write_report

CORRECTED = "Sixty-one boats, one bridge: the river day of Łódź"
NOTE = "There were sixty-one boats, not sixty."


def test_a_published_report_is_corrected_with_a_note_to_the_readers(
    open_laptop: Callable[[str], DrivenApp], newsroom: Path, tmp_path: Path
) -> None:
    with running_server(newsroom) as server:
        reporter, editor = open_laptop("ana"), open_laptop("eve")
        reporter.sign_in(server.url, "ana@example.org")
        editor.sign_in(server.url, "eve@example.org")
        write_report(reporter, take_photos(tmp_path / "card")[:1])
        reporter.do("choose", action="report.file")
        reporter.do("wait", status="filed", waiting=0)
        page = publish(editor)

        reporter.do("choose", action="sync.send_now")
        reporter.do("wait", status="published")
        reporter.do("choose", action="report.revise")
        reporter.do("wait", status="draft")
        reporter.do("press", text="Text")
        reporter.do("type", into="Headline", words=CORRECTED)
        reporter.do("saved")
        reporter.do("choose", action="report.file")
        reporter.do("wait", status="published", waiting=0)
        assert HEADLINE in read(page)  # filing it again makes nothing public

        editor.do("go", place="drafts")
        editor.do("go", place="review")
        editor.do("open", headline=CORRECTED)
        editor.do("wait_words", words="this correction waits for the desk")
        editor.do("choose", action="review.publish")
        editor.do("type", into="Note to the readers", words=NOTE)
        editor.do("press", text="Publish it")
        editor.do("wait_words", words="Published · Revision 2")
        now = read(page)
        assert CORRECTED in now
        assert NOTE in now

        reporter.do("choose", action="sync.send_now")
        reporter.do("wait_words", words=NOTE)
        reporter.quit()
        editor.quit()


def publish(editor: DrivenApp) -> str:
    """The editor publishes what waits; return the page's address."""
    editor.do("go", place="review")
    editor.do("choose", action="sync.send_now")
    editor.do("open", headline=HEADLINE)
    editor.do("wait", reviewed="filed")
    editor.do("choose", action="review.publish")
    editor.do("press", text="Publish it")
    editor.do("wait", reviewed="published")
    page = editor.do("look")["public_url"]
    assert isinstance(page, str)
    return page


def read(page: str) -> str:
    """Read the page as a reader does."""
    answer = requests.get(page, timeout=30)
    assert answer.status_code == 200
    return html.unescape(answer.text)
