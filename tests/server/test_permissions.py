"""Who may do what; and that a refusal never tells whether a report exists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo

CALLS: dict[str, Callable[[Api, str, str, str], Any]] = {
    "read": lambda api, report, _rev, _sha: api.get(f"/v1/reports/{report}"),
    "revisions": lambda api, report, _rev, _sha: api.get(f"/v1/reports/{report}/revisions"),
    "revision": lambda api, report, rev, _sha: api.get(f"/v1/reports/{report}/revisions/{rev}"),
    "audit": lambda api, report, _rev, _sha: api.get(f"/v1/reports/{report}/audit"),
    "upload offset": lambda api, report, _rev, sha: api.head(f"/v1/uploads/{report}/{sha}"),
    "upload": lambda api, report, _rev, sha: api.patch(f"/v1/uploads/{report}/{sha}", 0, b""),
    "photo": lambda api, _report, _rev, sha: api.get(f"/v1/photos/{sha}/preview"),
    "comment": lambda api, report, rev, _sha: api.call(
        "PUT",
        f"/v1/reports/{report}/comments/{new_id()}",
        json={"revision_id": rev, "text": "Hm."},
    ),
    "claim": lambda api, report, _rev, _sha: api.call("PUT", f"/v1/reports/{report}/claim"),
    "want": lambda api, report, _rev, _sha: api.call(
        "PUT", f"/v1/reports/{report}/wanted", json={"photos": [new_id()]}
    ),
    "decide": lambda api, report, rev, _sha: api.decide(report, "return", rev),
    "file": lambda api, report, rev, _sha: (
        api.file(report, message(section="sport"), parent=rev)
        if api.name == "sam"
        else api.file(report, message(), parent=rev)
    ),
}
MAY = {
    "ana": {*CALLS} - {"claim", "decide", "want"},  # her own report
    "ben": set(),  # another reporter of the section
    "eve": {*CALLS},  # the section's editor
    "sam": set(),  # another section's editor
    "adm": set(),  # manages people, not reports
    "nobody": set(),
}


@pytest.mark.parametrize("who", sorted(MAY))
@pytest.mark.parametrize("what", sorted(CALLS))
def test_who_may_do_what(who: str, what: str, ana: Api, request: pytest.FixtureRequest) -> None:
    api: Api = request.getfixturevalue(who)
    preview, full = new_id().encode(), new_id().encode()
    report_id, sent = new_id(), message(photos=[photo(preview, full)])
    ana.file(report_id, sent)
    sha256 = hashlib.sha256(preview).hexdigest()
    assert ana.patch(f"/v1/uploads/{report_id}/{sha256}", 0, preview).status_code == 204
    offset = len(preview)
    if what == "upload":
        answer = api.patch(f"/v1/uploads/{report_id}/{sha256}", offset, b"")
    else:
        answer = CALLS[what](api, report_id, sent["revision_id"], sha256)
    if what in MAY[who]:
        assert answer.status_code < 300, answer.text
        return
    known = who == "ana"  # she may not do it, but may know of the report
    allowed_to_file_there = who != "adm" or what != "file"
    expected = {"nobody": 401}.get(who, 403 if known or not allowed_to_file_there else 404)
    assert answer.status_code == expected
    if expected == 404:
        missing = CALLS[what](api, new_id(), sent["revision_id"], "0" * 64)
        if what != "file":
            assert missing.content == answer.content


def test_nobody_files_for_a_section_they_do_not_write_for(ana: Api, adm: Api) -> None:
    for api, section in ((ana, "sport"), (adm, "town"), (ana, "no-such-section")):
        answer = api.file(new_id(), message(section=section))
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-allowed")


def test_knowing_a_hash_opens_nothing_and_fills_nothing(ana: Api, ben: Api) -> None:
    preview, full = new_id().encode(), new_id().encode()
    report_id = new_id()
    ana.file(report_id, message(photos=[photo(preview, full)]))
    sha256 = hashlib.sha256(preview).hexdigest()
    ana.patch(f"/v1/uploads/{report_id}/{sha256}", 0, preview)
    claimed = ben.file(new_id(), message(photos=[photo(preview, full)])).json()
    assert {part["sha256"]: part["offset"] for part in claimed["missing"]}[sha256] == 0
    assert claimed["receipt"]["photos"] == {}
    assert ben.get(f"/v1/photos/{sha256}/preview").status_code == 404
    assert ana.get(f"/v1/photos/{sha256}/preview").content == preview
    assert ana.get(f"/v1/photos/{sha256}/full").status_code == 404


def test_an_editor_edits_what_a_reporter_filed(ana: Api, eve: Api) -> None:
    report_id, first, second = new_id(), message(), message(headline="Better")
    ana.file(report_id, first)
    assert eve.file(report_id, second, parent=first["revision_id"]).status_code == 200
    seen = ana.get(f"/v1/reports/{report_id}").json()
    assert (seen["headline"], seen["author"]) == ("Better", "Ana")
    lines = ana.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
    assert [line["filed_by"] for line in lines] == ["Ana", "Eve"]
