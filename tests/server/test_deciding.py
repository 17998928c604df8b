"""The desk's decisions, comments and claims."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo


def filed(ana: Api, **fields: Any) -> tuple[str, str]:
    """File a report; return its id and revision."""
    report_id, sent = new_id(), message(**fields)
    assert ana.file(report_id, sent).status_code == 201
    return report_id, sent["revision_id"]


def kind(answer: Any) -> tuple[int, str]:
    """Return the status and the problem's type."""
    return answer.status_code, answer.json()["type"]


def test_a_report_is_returned_with_a_note_that_the_reporter_reads(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana)
    answer = eve.decide(report_id, "return", revision_id, note="Who opened it?")
    assert answer.json()["report"]["status"] == "returned"
    seen = ana.get(f"/v1/reports/{report_id}").json()
    assert seen["status"] == "returned"
    assert [(d["decision"], d["note"], d["by"]) for d in seen["decisions"]] == [
        ("return", "Who opened it?", "Eve")
    ]


def test_the_same_decision_again_changes_nothing(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana)
    decision_id = new_id()
    for _ in range(3):
        answer = eve.decide(report_id, "approve", revision_id, decision_id=decision_id)
        assert (answer.status_code, answer.json()["report"]["status"]) == (200, "approved")
    assert len(ana.get(f"/v1/reports/{report_id}").json()["decisions"]) == 1
    other = eve.decide(report_id, "spike", revision_id, decision_id=decision_id)
    assert kind(other) == (409, "/problems/id-reused")


def test_a_decision_is_bound_to_the_revision_that_was_seen(ana: Api, eve: Api) -> None:
    report_id, first = filed(ana)
    second = message()
    ana.file(report_id, second, parent=first)
    answer = eve.decide(report_id, "publish", first)
    assert kind(answer) == (409, "/problems/moved-on")
    assert answer.json()["current_revision_id"] == second["revision_id"]


def test_the_table_alone_says_what_may_follow(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana)
    assert kind(eve.decide(report_id, "withdraw", revision_id))[1].endswith("does-not-allow")
    eve.decide(report_id, "spike", revision_id)
    assert kind(eve.decide(report_id, "publish", revision_id))[1].endswith("does-not-allow")


def test_publishing_gives_the_page_its_lasting_address(ana: Api, eve: Api, nobody: Api) -> None:
    report_id, revision_id = filed(ana, headline="A bridge opens")
    state = eve.decide(report_id, "publish", revision_id).json()["report"]
    path = state["public_url"].removeprefix("https://news.example")
    assert path.startswith("/reports/")
    assert path.endswith(f"a-bridge-opens-{report_id[:8]}")
    page = nobody.get(path)
    assert page.status_code == 200
    assert "A bridge opens" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_newer_revision_is_public_only_once_it_corrects(ana: Api, eve: Api, nobody: Api) -> None:
    report_id, first = filed(ana, headline="Ten came")
    url = eve.decide(report_id, "publish", first).json()["report"]["public_url"]
    path = url.removeprefix("https://news.example")
    assert kind(eve.decide(report_id, "correct", first, note="x"))[1].endswith("does-not-allow")
    second = message(headline="Twelve came")
    state = ana.file(report_id, second, parent=first).json()["report"]
    assert (state["status"], state["public_url"]) == ("published", url)
    assert "Ten came" in nobody.get(path).text
    assert eve.decide(report_id, "correct", second["revision_id"]).status_code == 422
    done = eve.decide(report_id, "correct", second["revision_id"], note="It was twelve.")
    assert done.json()["report"]["public_url"] == url
    page = nobody.get(path).text
    assert "Twelve came" in page
    assert "It was twelve." in page


def test_a_correction_that_goes_back_leaves_what_is_public(ana: Api, eve: Api, nobody: Api) -> None:
    report_id, first = filed(ana, headline="Ten came")
    url = eve.decide(report_id, "publish", first).json()["report"]["public_url"]
    assert kind(eve.decide(report_id, "return", first, note="x"))[1].endswith("does-not-allow")
    second = message(headline="Twelve came")
    ana.file(report_id, second, parent=first)
    waiting = {"waiting": "true", "q": "Twelve came"}
    assert eve.get("/v1/reports", params=waiting).json()["reports"][0]["correction"]
    state = eve.decide(report_id, "return", second["revision_id"], note="Who counted?")
    assert state.json()["report"]["status"] == "published"
    assert "Ten came" in nobody.get(url.removeprefix("https://news.example")).text
    lines = eve.get("/v1/reports", params=waiting).json()["reports"]
    assert report_id not in {line["id"] for line in lines}
    (line,) = [
        line
        for line in eve.get("/v1/reports", params={"q": "Twelve came"}).json()["reports"]
        if line["id"] == report_id
    ]
    assert not line["correction"]
    third = message(headline="Twelve came, said the mayor")
    ana.file(report_id, third, parent=second["revision_id"])
    lines = eve.get("/v1/reports", params=waiting).json()["reports"]
    assert report_id in {line["id"] for line in lines}


def test_a_withdrawn_page_is_gone(ana: Api, eve: Api, nobody: Api) -> None:
    report_id, revision_id = filed(ana)
    url = eve.decide(report_id, "publish", revision_id).json()["report"]["public_url"]
    path = url.removeprefix("https://news.example")
    state = eve.decide(report_id, "withdraw", revision_id).json()["report"]
    assert (state["status"], state["public_url"]) == ("withdrawn", None)
    assert nobody.get(path).status_code == 410
    again = eve.decide(report_id, "publish", revision_id).json()["report"]
    assert again["public_url"] == url
    assert nobody.get(path).status_code == 200


def test_nothing_is_published_while_photos_are_missing(ana: Api, eve: Api, nobody: Api) -> None:
    preview, full = b"preview " + new_id().encode(), b"full " + new_id().encode()
    report_id, revision_id = filed(ana, photos=[photo(preview, full)])
    assert kind(eve.decide(report_id, "publish", revision_id)) == (409, "/problems/photos-missing")
    for part in ana.get(f"/v1/reports/{report_id}").json()["missing"]:
        data = preview if part["rendition"] == "preview" else full
        assert nobody.get(f"/photos/{report_id}/{part['sha256']}.jpg").status_code == 404
        assert ana.patch(part["upload_url"], 0, data).status_code == 204
        assert nobody.get(f"/photos/{report_id}/{part['sha256']}.jpg").status_code == 404
    assert eve.decide(report_id, "publish", revision_id).status_code == 200
    for sha256, data in zip(
        ana.get(f"/v1/reports/{report_id}").json()["receipt"]["photos"],
        (preview, full),
        strict=True,
    ):
        shown = nobody.get(f"/photos/{report_id}/{sha256}.jpg")
        assert shown.content == data
        assert "immutable" in shown.headers["Cache-Control"]
        tag = {"If-None-Match": shown.headers["ETag"]}
        again = nobody.get(f"/photos/{report_id}/{sha256}.jpg", headers=tag)
        assert again.status_code == 304


def test_an_embargo_holds(ana: Api, eve: Api) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    report_id, revision_id = filed(ana, embargoed_until=until)
    for decision, more in (
        ("publish", {}),
        ("schedule", {"publish_at": datetime.now(UTC).isoformat()}),
    ):
        answer = eve.decide(report_id, decision, revision_id, **more)
        assert kind(answer) == (409, "/problems/status-does-not-allow")
        assert "embargo" in answer.json()["detail"]


def test_comments_are_kept_once(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana)
    comment_id = new_id()
    path = f"/v1/reports/{report_id}/comments/{comment_id}"
    note = {"revision_id": revision_id, "block": 0, "text": "Check the name."}
    for _ in range(2):
        assert eve.call("PUT", path, json=note).json()["author"] == "Eve"
    assert kind(eve.call("PUT", path, json=note | {"text": "x"})) == (409, "/problems/id-reused")
    assert kind(ana.call("PUT", path, json=note)) == (409, "/problems/id-reused")
    seen = ana.get(f"/v1/reports/{report_id}").json()["comments"]
    assert [(c["id"], c["block"], c["text"]) for c in seen] == [(comment_id, 0, "Check the name.")]
    elsewhere = f"/v1/reports/{report_id}/comments/{new_id()}"
    assert eve.call("PUT", elsewhere, json=note | {"revision_id": new_id()}).status_code == 404


def test_a_claim_is_seen_and_blocks_nobody(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana)
    path = f"/v1/reports/{report_id}/claim"
    assert eve.call("PUT", path).json()["person"] == "Eve"
    assert ana.get(f"/v1/reports/{report_id}").json()["claim"]["person"] == "Eve"
    assert ana.file(report_id, message(), parent=revision_id).status_code == 200
    assert kind(ana.call("PUT", path)) == (403, "/problems/not-allowed")
    assert eve.call("DELETE", path).status_code == 204
    assert eve.call("DELETE", path).status_code == 204
    assert ana.get(f"/v1/reports/{report_id}").json()["claim"] is None


def test_the_audit_tells_who_did_what(ana: Api, eve: Api) -> None:
    report_id, revision_id = filed(ana, note_to_desk="Please hurry.")
    eve.decide(report_id, "approve", revision_id)
    eve.decide(report_id, "publish", revision_id)
    entries = ana.get(f"/v1/reports/{report_id}/audit").json()["entries"]
    assert [(e["person"], e["action"], e["note"]) for e in entries] == [
        ("Ana", "file", "Please hurry."),
        ("Eve", "approve", ""),
        ("Eve", "publish", ""),
    ]


@pytest.mark.parametrize(
    "publish_at",
    [None, "0001-01-01T00:00:00+14:00", "never"],
)
def test_a_schedule_needs_a_time(ana: Api, eve: Api, publish_at: str | None) -> None:
    report_id, revision_id = filed(ana)
    answer = eve.decide(report_id, "schedule", revision_id, publish_at=publish_at)
    assert kind(answer) == (422, "/problems/invalid-message")
