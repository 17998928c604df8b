"""Filing a revision: once, in order, exactly, and never over a newer one."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo


def test_the_first_revision_is_created_and_receipted(ana: Api) -> None:
    report_id, sent = new_id(), message(body="Grüße – “Lodi”\n")
    answer = ana.file(report_id, sent)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == f'"{sent["revision_id"]}"'
    found = answer.json()
    assert found["report"] == {
        "id": report_id,
        "status": "filed",
        "revision_id": sent["revision_id"],
        "number": 1,
        "public_url": None,
    }
    assert found["receipt"]["revision_id"] == sent["revision_id"]
    assert found["receipt"]["text_sha256"] == hashlib.sha256(sent["body"].encode()).hexdigest()
    assert found["missing"] == []


@pytest.mark.parametrize(
    "body",
    ["", "a\r\nb", "trailing  \n\n\n", "tab\tnul\x00end", "e\u0301", "\U0001f600\ufeff", "*a_ <b>"],
)
def test_the_text_is_kept_exactly_as_received(ana: Api, body: str) -> None:
    report_id, sent = new_id(), message(body=body)
    assert ana.file(report_id, sent).status_code == 201
    assert ana.get(f"/v1/reports/{report_id}").json()["body"] == body
    revision = ana.get(f"/v1/reports/{report_id}/revisions/{sent['revision_id']}").json()
    assert revision["body"] == body


def test_ten_parallel_sends_leave_one_report_and_one_revision(ana: Api) -> None:
    report_id, sent = new_id(), message(headline="Parallel")
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: ana.file(report_id, sent), range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    revisions = ana.get(f"/v1/reports/{report_id}/revisions").json()["revisions"]
    assert [line["number"] for line in revisions] == [1]
    audit = ana.get(f"/v1/reports/{report_id}/audit").json()["entries"]
    assert [entry["action"] for entry in audit] == ["file"]


def test_the_same_revision_answers_again_whatever_the_precondition(ana: Api) -> None:
    report_id, first = new_id(), message()
    ana.file(report_id, first)
    second = message()
    ana.file(report_id, second, parent=first["revision_id"])
    path = f"/v1/reports/{report_id}"
    for headers in ({}, {"If-None-Match": "*"}, {"If-Match": '"nonsense"'}):
        again = ana.call("PUT", path, json=first, headers=headers)
        assert again.status_code == 201
        assert again.json()["receipt"]["revision_id"] == first["revision_id"]
        assert again.json()["report"]["revision_id"] == second["revision_id"]


def test_an_id_cannot_be_used_for_other_content(ana: Api) -> None:
    report_id, sent = new_id(), message()
    ana.file(report_id, sent)
    answer = ana.file(report_id, sent | {"headline": "Other"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/id-reused")


def test_a_precondition_is_required(ana: Api) -> None:
    answer = ana.call("PUT", f"/v1/reports/{new_id()}", json=message())
    assert (answer.status_code, answer.json()["type"]) == (428, "/problems/precondition-required")


def test_a_stale_parent_is_told_the_current_revision(ana: Api) -> None:
    report_id, first, second = new_id(), message(), message()
    ana.file(report_id, first)
    assert ana.file(report_id, second, parent=first["revision_id"]).status_code == 200
    stale = [
        ana.file(report_id, message(), parent=first["revision_id"]),
        ana.file(report_id, message()),
        ana.call(
            "PUT",
            f"/v1/reports/{report_id}",
            json=message(parent_revision_id=first["revision_id"]),
            headers={"If-Match": f'"{second["revision_id"]}"'},
        ),
    ]
    for answer in stale:
        assert (answer.status_code, answer.json()["type"]) == (412, "/problems/stale-parent")
        assert answer.json()["current_revision_id"] == second["revision_id"]
        assert answer.headers["ETag"] == f'"{second["revision_id"]}"'


def test_two_devices_cannot_both_follow_the_same_parent(ana: Api, eve: Api) -> None:
    report_id, first = new_id(), message()
    ana.file(report_id, first)
    with ThreadPoolExecutor(2) as pool:
        sent = [
            pool.submit(api.file, report_id, message(), parent=first["revision_id"])
            for api in (ana, eve)
        ]
    assert sorted(answer.result().status_code for answer in sent) == [200, 412]


def test_a_parent_that_the_desk_never_had_is_stale(ana: Api) -> None:
    answer = ana.file(new_id(), message(), parent=new_id())
    assert (answer.status_code, answer.json()["type"]) == (412, "/problems/stale-parent")


def test_a_figure_must_be_in_the_manifest(ana: Api) -> None:
    shown = photo(b"p", b"f")
    text = f"Words.\n\n![](photo:{shown['id']})\n"
    answer = ana.file(new_id(), message(body=text))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unresolved-photo")
    assert answer.json()["photo_ids"] == [shown["id"]]
    assert ana.file(new_id(), message(body=text, photos=[shown])).status_code == 201
    literal = f"Words \\![](photo:{new_id()}) in a line.\n"
    assert ana.file(new_id(), message(body=literal)).status_code == 201


def test_the_lead_photo_must_be_in_the_manifest(ana: Api) -> None:
    answer = ana.file(new_id(), message(lead_photo=new_id()))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unresolved-photo")


def test_a_manifest_must_not_contradict_itself(ana: Api) -> None:
    one = photo(b"p", b"f")
    same_id = photo(b"q", b"g", id=one["id"])
    other_size = photo(b"p", b"h")
    other_size["renditions"]["preview"]["bytes"] = 99
    for photos in ([one, same_id], [one, other_size]):
        answer = ana.file(new_id(), message(photos=photos))
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-message")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compressed_message_is_read(ana: Api, encoding: str) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    report_id, sent = new_id(), message(body="word " * 5_000)
    headers = {"If-None-Match": "*", "Content-Encoding": encoding}
    headers["Content-Type"] = "application/json"
    data = pack(json.dumps(sent).encode())
    answer = ana.call("PUT", f"/v1/reports/{report_id}", data=data, headers=headers)
    assert answer.status_code == 201
    assert ana.get(f"/v1/reports/{report_id}").json()["body"] == sent["body"]


def test_a_bomb_is_never_unpacked(ana: Api) -> None:
    bomb = gzip.compress(b" " * 100_000_000, 1, mtime=0)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = ana.call("PUT", f"/v1/reports/{new_id()}", data=bomb, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.parametrize(
    ("headers", "data", "status"),
    [
        ({"Content-Encoding": "gzip"}, b"not gzip", 422),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"{}", mtime=0)[:-4], 422),
        ({"Content-Encoding": "br"}, b"{}", 415),
        ({}, b"{", 422),
        ({}, b"[]", 422),
        ({}, b'{"revision_id": "\\ud800"}', 422),
        ({}, b'"\xff"', 422),
        ({}, b"[" * 100_000, 422),
        ({}, b"x" * (8 * 1024 * 1024 + 1), 413),
        ({}, b"1" * 10_000, 422),
    ],
)
def test_a_broken_message_is_refused_in_a_sentence(
    ana: Api, headers: dict[str, str], data: bytes, status: int
) -> None:
    headers = headers | {"Content-Type": "application/json", "If-None-Match": "*"}
    answer = ana.call("PUT", f"/v1/reports/{new_id()}", data=data, headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "\ud800"},
        {"body": "a\udfffb"},
        {"headline": "x" * 10_001},
        {"language": "not a language"},
        {"revision_id": "1"},
        {"event": None},
        {"photos": [{}]},
        {"embargoed_until": "soon"},
    ],
)
def test_what_breaks_the_contract_is_invalid(ana: Api, change: dict[str, object]) -> None:
    answer = ana.file(new_id(), message(**change))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-message")


def test_a_headline_of_ten_thousand_characters_is_taken(ana: Api) -> None:
    report_id, sent = new_id(), message(headline="x" * 10_000)
    assert ana.file(report_id, sent).status_code == 201
    assert ana.get(f"/v1/reports/{report_id}").json()["headline"] == sent["headline"]


def test_a_new_revision_returns_an_approved_report_to_the_queue(ana: Api, eve: Api) -> None:
    report_id, first = new_id(), message()
    ana.file(report_id, first)
    assert eve.decide(report_id, "approve", first["revision_id"]).status_code == 200
    answer = ana.file(report_id, message(), parent=first["revision_id"])
    assert answer.json()["report"]["status"] == "filed"


def test_a_spiked_report_takes_no_revision(ana: Api, eve: Api) -> None:
    report_id, first = new_id(), message()
    ana.file(report_id, first)
    eve.decide(report_id, "spike", first["revision_id"])
    answer = ana.file(report_id, message(), parent=first["revision_id"])
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/status-does-not-allow")
