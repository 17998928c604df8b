"""What was said to the questions of a merge is kept with the report, and goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from reporterdesk.domain.errors import StoreFull
from reporterdesk.domain.ids import new_id
from reporterdesk.domain.report import ReportContent
from reporterdesk.store.store import Store
from reporterdesk.text.merge import Choice
from reporterdesk.workflow.content_merge import merge_contents
from reporterdesk.workflow.drafting import save_draft, trash_report
from reporterdesk.workflow.questions import Question
from reporterdesk.workflow.replies import NOTHING, Reply, keep_replies, kept_replies
from reporterdesk.workflow.trash import delete_for_good
from support.clocks import HandClock
from support.contents import photo_of, ready_content
from support.full_disk import no_more_pages

PHOTO = photo_of(b"preview", b"full", caption="The hall")
BASE = replace(ready_content("Before"), body="One.\n\nTwo.", photos=(PHOTO,), lead_photo=PHOTO.id)


def version(word: str) -> ReportContent:
    """Return a version that differs in its headline, a paragraph and a caption."""
    photo = replace(PHOTO, caption=f"The hall, {word}")
    return replace(BASE, headline=word, body=f"One.\n\nTwo {word}.", photos=(photo,))


def asked(theirs: str) -> tuple[Question, ...]:
    """Return what is asked of mine and theirs."""
    return merge_contents(BASE, version("mine"), version(theirs)).questions


def said(*replies: Reply, to: Sequence[Question]) -> dict[Question, Reply]:
    """Return replies as they are kept."""
    return dict(zip(to, replies, strict=True))


@pytest.fixture
def report_id(store: Store, clock: HandClock) -> str:
    return save_draft(store, new_id(), BASE, clock=clock).id


def test_it_is_there_when_the_same_is_asked(store: Store, report_id: str) -> None:
    questions = asked("theirs")
    replies = (Reply(Choice.THEIRS), Reply(Choice.MINE, own=True, words="Two\n\nنیا"), Reply())
    keep_replies(store, report_id, said(*replies, to=questions))
    assert kept_replies(store, report_id, questions) == replies
    assert kept_replies(store, report_id, questions[::-1]) == replies[::-1]
    assert kept_replies(store, new_id(), questions) == (NOTHING,) * 3
    keep_replies(store, report_id, said(NOTHING, NOTHING, NOTHING, to=questions))
    assert store.unfinished.get(report_id, "merge") is None


def test_where_the_desk_has_changed_it_again_words_wait_and_choices_do_not(
    store: Store, report_id: str
) -> None:
    replies = (
        Reply(Choice.THEIRS, words="Written, then left"),
        Reply(own=True, words="Two, of my own"),
        Reply(own=True, words="The hall at noon"),
    )
    keep_replies(store, report_id, said(*replies, to=asked("theirs")))
    assert kept_replies(store, report_id, asked("theirs, again")) == tuple(
        Reply(words=reply.words) for reply in replies
    )


def test_words_about_another_place_do_not_come_back(store: Store, report_id: str) -> None:
    replies = (Reply(), Reply(own=True, words="Two, of my own"), Reply())
    keep_replies(store, report_id, said(*replies, to=asked("theirs")))
    others = merge_contents(BASE, version("other"), version("theirs")).questions
    assert kept_replies(store, report_id, others) == (NOTHING,) * 3


@pytest.mark.parametrize("kept", ["", "{", '[{"asked": 1}]', '[{"choice": "neither"}]'])
def test_what_cannot_be_read_is_asked_anew(store: Store, report_id: str, kept: str) -> None:
    store.unfinished.set(report_id, "merge", kept)
    assert kept_replies(store, report_id, asked("theirs")) == (NOTHING,) * 3


def test_on_a_full_disk_what_was_kept_stays(store: Store, report_id: str) -> None:
    questions = asked("theirs")
    first = (Reply(own=True, words="Short"), Reply(), Reply())
    keep_replies(store, report_id, said(*first, to=questions))
    longer = (Reply(own=True, words="A long sentence. " * 20_000), Reply(), Reply())
    with no_more_pages(store._drafts), pytest.raises(StoreFull):
        keep_replies(store, report_id, said(*longer, to=questions))
    assert kept_replies(store, report_id, questions) == first


def test_it_goes_with_the_report(store: Store, clock: HandClock, report_id: str) -> None:
    questions = asked("theirs")
    keep_replies(store, report_id, said(Reply(Choice.MINE), Reply(), Reply(), to=questions))
    trash_report(store, report_id, clock=clock)
    assert store.unfinished.get(report_id, "merge") is not None
    delete_for_good(store, report_id)
    assert store.unfinished.get(report_id, "merge") is None
