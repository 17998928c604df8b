"""From a key press to the published page, with real processes on both laptops and at the desk."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import requests
from PIL import Image
from PIL.ExifTags import IFD

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.report import Report
from reporterdesk.store.opening import open_store
from support.api import Api
from support.driving import DrivenApp
from support.servers import running_server
from support.whole_report import HEADLINE, SENTENCES, STANDFIRST, Shot, take_photos, write_report

CORRECTED = "Sixty boats and a bridge: the river day of Łódź"
NOTE = "Please say in the headline that the bridge is part of it."
ADDED = "The harbour master’s name is Ola Wit."
OpenLaptop = Callable[[str], DrivenApp]


def test_from_a_key_press_to_the_published_page(
    open_laptop: OpenLaptop, newsroom: Path, tmp_path: Path
) -> None:
    shots = take_photos(tmp_path / "card")
    reporter = open_laptop("ana")
    with running_server(newsroom) as server:
        url, port = server.url, int(server.url.rpartition(":")[2])
        reporter.sign_in(url, "ana@example.org")
        assert server.stop() == 0

    report_id = write_and_file(reporter, shots)
    for shot in shots:  # the camera's card is given back
        shot.file.unlink()
    reporter.quit()
    kept = stored(reporter, report_id)
    assert kept.status == "outbox"

    with running_server(newsroom, port=port) as server:
        assert server.url == url
        reporter.start()
        # Nobody presses anything: starting is enough.
        reporter.do("wait", status="filed", waiting=0, person="Ana")
        assert_delivered_once(url, reporter.home, report_id)

        editor = open_laptop("eve")
        editor.sign_in(url, "eve@example.org")
        return_it(editor)
        correct_it(reporter)
        page = publish_it(editor)
        assert page.startswith(url)
        assert_public(page, shots)
        assert_in_feeds(url, page)

        reporter.do("choose", action="sync.send_now")
        reporter.do("go", place="published")
        reporter.do("open", headline=CORRECTED)
        reporter.do("wait", status="published", report_id=report_id)
        reporter.do("wait_words", words="Published")
        reporter.quit()
        editor.quit()
    final = stored(reporter, report_id)
    assert (final.status, final.public_url) == ("published", page)


def write_and_file(app: DrivenApp, shots: tuple[Shot, ...]) -> str:
    """Write offline, and file: it waits, and the window says so."""
    report_id = write_report(app, shots)
    app.do("choose", action="report.file")
    app.do("wait", status="outbox", waiting=1)
    app.do("wait_words", words="Filed, and waiting in the outbox. There is no connection")
    app.do("wait_words", words="Offline – 1 report waits to be delivered")
    return report_id


def return_it(editor: DrivenApp) -> None:
    """The editor reads it in the queue and returns it with a note."""
    editor.do("go", place="review")
    editor.do("open", headline=HEADLINE)
    editor.do("wait", reviewed="filed")
    editor.do("choose", action="review.return")
    editor.do("type", into="Note to the reporter", words=NOTE)
    editor.do("press", text="Return it")
    editor.do("wait", reviewed="returned")


def correct_it(reporter: DrivenApp) -> None:
    """The reporter sees the note, changes headline and text, and files again."""
    reporter.do("choose", action="sync.send_now")
    reporter.do("wait", status="returned")
    reporter.do("wait_words", words=NOTE)
    reporter.do("type", into="Headline", words=CORRECTED)
    reporter.do("write", paragraphs=["", "", ADDED])
    reporter.do("saved")
    reporter.do("choose", action="report.file")
    reporter.do("wait", status="filed", waiting=0)


def publish_it(editor: DrivenApp) -> str:
    """The editor approves and publishes the new revision; return the page's address."""
    editor.do("go", place="review")
    editor.do("choose", action="sync.send_now")
    editor.do("open", headline=CORRECTED)
    editor.do("wait", reviewed="filed")
    editor.do("choose", action="review.approve")
    editor.do("wait", reviewed="approved")
    editor.do("choose", action="review.publish")
    editor.do("press", text="Publish it")
    editor.do("wait", reviewed="published")
    page = editor.do("look")["public_url"]
    assert isinstance(page, str)
    return page


def assert_delivered_once(url: str, home: Path, report_id: str) -> None:
    """The desk has one report of one revision, with the very bytes that this laptop has."""
    desk = Api(url, "eve@example.org")
    lines = desk.get("/v1/reports").json()["reports"]
    assert [line["id"] for line in lines] == [report_id]
    revisions = desk.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
    assert len(revisions) == 1
    report = desk.get(f"/v1/reports/{report_id}").json()
    assert (report["status"], report["missing"]) == ("filed", [])
    assert len(report["photos"]) == 3
    for photo in report["photos"]:
        for rendition, told in photo["renditions"].items():
            answer = desk.get(f"/v1/photos/{told['sha256']}/{rendition}")
            assert hashlib.sha256(answer.content).hexdigest() == told["sha256"]
            assert len(answer.content) == told["bytes"]
    desk.close()


def assert_public(page: str, shots: tuple[Shot, ...]) -> None:
    """A reader without a token finds words, captions and photos, and not where they were taken."""
    answer = requests.get(page, timeout=30)
    assert answer.status_code == 200
    text = html.unescape(re.sub(r"<[^>]+>", "", answer.text))
    for wanted in (CORRECTED, STANDFIRST, *SENTENCES, ADDED, *(shot.caption for shot in shots)):
        assert wanted in text
    assert NOTE not in text
    shown = images_of(answer.text)
    for shot in shots:
        assert shot.alt_text in shown.values()
    pictures = [fetch_image(requests.compat.urljoin(page, source)) for source in shown]
    # The camera was held upright for the second: that is how it is shown.
    assert sorted({picture.width > picture.height for picture in pictures}) == [False, True]


def images_of(page: str) -> dict[str, str]:
    """Return the address and the alt text of every image of a page."""
    found = {}
    for tag in re.findall(r"<img\b[^>]*>", page):
        attributes = {name: html.unescape(v) for name, v in re.findall(r'(\w+)="([^"]*)"', tag)}
        found[attributes["src"]] = attributes["alt"]
    return found


def fetch_image(address: str) -> Image.Image:
    """Fetch a photo as a browser does; it says nothing of where it was taken."""
    answer = requests.get(address, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    picture = Image.open(io.BytesIO(answer.content))
    picture.load()
    assert dict(picture.getexif().get_ifd(IFD.GPSInfo)) == {}
    return picture


def assert_in_feeds(url: str, page: str) -> None:
    """Both feeds and the sitemap lead to the page."""
    atom = requests.get(f"{url}/feed.atom", timeout=30)
    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    name = "{http://www.w3.org/2005/Atom}"
    (entry,) = ET.fromstring(atom.content).iter(f"{name}entry")  # noqa: S314 - our own server's
    assert entry.findtext(f"{name}title") == CORRECTED
    assert page in {link.get("href") for link in entry.iter(f"{name}link")}
    feed = json.loads(requests.get(f"{url}/feed.json", timeout=30).content)
    assert [(item["title"], item["url"]) for item in feed["items"]] == [(CORRECTED, page)]
    assert page in requests.get(f"{url}/sitemap.xml", timeout=30).text


def stored(app: DrivenApp, report_id: str) -> Report:
    """Return the laptop's own copy, while the app is closed."""
    store = open_store(app.home, clock=utc_now, key=app.store_key())
    try:
        return store.reports.get(report_id)
    finally:
        store.close()
