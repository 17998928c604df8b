"""Lists by keyset, and what changed after a cursor."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from reporterdesk.domain.ids import new_id
from support.api import Api, message, photo


def file_many(api: Api, count: int, **fields: Any) -> list[str]:
    """File reports; return their ids, oldest first."""
    ids = [new_id() for _ in range(count)]
    for report_id in ids:
        assert api.file(report_id, message(**fields)).status_code == 201
    return ids


def test_pages_follow_each_other_without_gap_or_repeat(ana: Api, eve: Api) -> None:
    word = new_id()[:8]
    ids = file_many(ana, 7, headline=f"Word {word}")
    for api in (ana, eve):
        found: list[str] = []
        after = None
        while True:
            page = api.get("/v1/reports", params={"q": word, "limit": 3, "after": after}).json()
            found += [line["id"] for line in page["reports"]]
            assert len(page["reports"]) <= 3
            after = page["next"]
            if after is None:
                break
        assert found == ids[::-1]


def test_what_changes_moves_to_the_front(ana: Api, eve: Api) -> None:
    word = new_id()[:8]
    first, second = file_many(ana, 2, headline=word)
    revision = ana.get(f"/v1/reports/{first}").json()["revision_id"]
    eve.decide(first, "return", revision)
    lines = ana.get("/v1/reports", params={"q": word}).json()["reports"]
    assert [line["id"] for line in lines] == [first, second]
    assert [line["status"] for line in lines] == ["returned", "filed"]


def test_what_waits_for_an_editor_is_filed_approved_or_a_correction(ana: Api, eve: Api) -> None:
    word = new_id()[:8]
    ids = file_many(ana, 5, headline=word)
    filed, approved, *_others, corrected = ids
    for report_id, decision in zip(
        ids[1:], ("approve", "return", "publish", "publish"), strict=True
    ):
        revision = ana.get(f"/v1/reports/{report_id}").json()["revision_id"]
        assert eve.decide(report_id, decision, revision).status_code == 200
    first = ana.get(f"/v1/reports/{corrected}").json()["revision_id"]
    newer = message(headline=word)
    assert ana.file(corrected, newer, parent=first).status_code == 200
    lines = eve.get("/v1/reports", params={"q": word, "waiting": "true"}).json()["reports"]
    assert {line["id"]: line["correction"] for line in lines} == {
        filed: False,
        approved: False,
        corrected: True,
    }


def test_filters(ana: Api, ben: Api, eve: Api, sam: Api) -> None:
    word = new_id()[:8]
    (town,) = file_many(ana, 1, headline=f"{word} Zürich 100%")
    (sport,) = file_many(ben, 1, headline=word, section="sport")
    listed = {
        api.name: {line["id"] for line in api.get(f"/v1/reports?q={word}").json()["reports"]}
        for api in (ana, ben, eve, sam)
    }
    assert listed == {"ana": {town}, "ben": {sport}, "eve": {town}, "sam": {sport}}

    def found(**params: str) -> list[str]:
        answer = ana.get("/v1/reports", params=params)
        return [line["id"] for line in answer.json()["reports"]]

    assert found(q=f"zürich {word}") == [town]
    assert found(q=f"{word} 100%") == [town]
    assert found(q=f"{word} 10_%") == []
    assert found(q=word, status="filed", section="town") == [town]
    assert found(q=word, status="published") == []
    assert found(q=word, section="sport") == []


def test_a_line_counts_photos(ana: Api) -> None:
    word = new_id()[:8]
    file_many(ana, 1, headline=word, photos=[photo(word.encode(), b"f" + word.encode())])
    (line,) = ana.get("/v1/reports", params={"q": word}).json()["reports"]
    assert (line["photos_total"], line["photos_held"]) == (1, 0)
    assert line["event_date"] == "2026-03-14"
    assert line["author"] == "Ana"


def test_limits_have_a_ceiling_and_cursors_are_checked(ana: Api) -> None:
    assert ana.get("/v1/reports", params={"limit": 10**9}).status_code == 200
    for params in ({"limit": 0}, {"after": "x"}, {"after": "-1"}, {"status": "draft"}):
        answer = ana.get("/v1/reports", params=params)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-message")
    for after in ("x", "1", "a.b", f"a.{'9' * 40}"):
        assert ana.get("/v1/changes", params={"after": after}).status_code == 422


def now_cursor(api: Api) -> str:
    """Return the cursor that stands at the end."""
    cursor, after = "", None
    while cursor != after:
        after = cursor or None
        cursor = api.get("/v1/changes", params={"after": after}).json()["cursor"]
    return cursor


def test_changes_tell_each_step_to_those_who_may_read(ana: Api, eve: Api, sam: Api) -> None:
    mine, others = now_cursor(ana), now_cursor(sam)
    (report_id,) = file_many(ana, 1)
    revision = ana.get(f"/v1/reports/{report_id}").json()["revision_id"]
    eve.decide(report_id, "approve", revision)
    eve.decide(report_id, "publish", revision)
    answer = ana.get("/v1/changes", params={"after": mine}).json()
    told = [(change["report_id"], change["kind"]) for change in answer["changes"]]
    assert told == [(report_id, kind) for kind in ("filed", "approved", "published")]
    again = ana.get("/v1/changes", params={"after": answer["cursor"]}).json()
    assert again == {"changes": [], "cursor": answer["cursor"]}
    passed = sam.get("/v1/changes", params={"after": others}).json()
    assert passed["changes"] == []
    assert passed["cursor"] == answer["cursor"]


def test_a_waiting_call_is_woken_by_a_change(ana: Api, eve: Api) -> None:
    cursor = now_cursor(eve)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(eve.get, "/v1/changes", params={"after": cursor, "wait": 30})
        (report_id,) = file_many(ana, 1)
        changes = waiting.result().json()["changes"]
    assert [change["report_id"] for change in changes] == [report_id]


def test_waiting_ends_by_itself(ana: Api) -> None:
    cursor = now_cursor(ana)
    started = time.monotonic()
    answer = ana.get("/v1/changes", params={"after": cursor, "wait": 0.2}).json()
    assert answer == {"changes": [], "cursor": cursor}
    assert time.monotonic() - started >= 0.2


def test_a_cursor_of_another_database_starts_from_the_beginning(ana: Api) -> None:
    file_many(ana, 1)
    beginning = ana.get("/v1/changes").json()
    assert ana.get("/v1/changes", params={"after": "elsewhere.3"}).json() == beginning
    epoch = beginning["cursor"].partition(".")[0]
    assert ana.get("/v1/changes", params={"after": f"{epoch}.{10**12}"}).json() == beginning


def test_no_change_is_skipped_while_many_write(ana: Api, ben: Api, eve: Api) -> None:
    cursor = now_cursor(eve)
    done = threading.Event()
    seen: list[str] = []

    def follow() -> None:
        nonlocal cursor
        while True:
            last = done.is_set()
            answer = eve.get("/v1/changes", params={"after": cursor}).json()
            seen.extend(change["report_id"] for change in answer["changes"])
            cursor = answer["cursor"]
            if last and not answer["changes"]:
                return

    follower = threading.Thread(target=follow)
    follower.start()
    with ThreadPoolExecutor(6) as pool:
        made = [pool.submit(file_many, api, 8) for api in (ana, ben, ana, ben, ana, ben)]
        ids = [report_id for future in made for report_id in future.result()]
    done.set()
    follower.join()
    assert sorted(seen) == sorted(ids)
