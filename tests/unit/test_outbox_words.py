"""How far sending has come, in words: each state of a delivery under each condition."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.domain.sending import SendPolicy
from reporterdesk.ui.outbox.words import (
    RATES,
    Conditions,
    detail_words,
    limit_words,
    only_photos_words,
    outbox_words,
    paused_words,
    rate_words,
    row_words,
    size_words,
)

NOW = datetime(2026, 3, 14, 20, 31, tzinfo=UTC)
ONLINE = Conditions(NOW, online=True, measured=True)
WAITS = Delivery("r", "v", DeliveryState.WAITING, photos_total=9, bytes_total=24_100_000)
HALF = replace(
    WAITS,
    state=DeliveryState.TEXT_DELIVERED,
    photos_delivered=4,
    bytes_delivered=9_000_000,
    text_at=NOW - timedelta(minutes=28),
)
ALL_BY, SMALLER_BY = NOW + timedelta(minutes=69), NOW + timedelta(minutes=41)


@pytest.fixture(autouse=True)
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    QLocale.setDefault(before)


def test_the_sentence_of_a_delivery_under_way() -> None:
    said = detail_words(HALF, ONLINE, ALL_BY, SMALLER_BY)
    assert said == ("Text delivered 20:03; all photos by about 21:40; at 1,600 px by about 21:12.")


@pytest.mark.parametrize(
    ("delivery", "conditions", "expected", "said"),
    [
        (HALF, replace(ONLINE, measured=False), None,
         "Text delivered 20:03; measuring the connection…"),
        (HALF, replace(ONLINE, policy=SendPolicy(paused=True)), ALL_BY,
         "Text delivered 20:03. Sending is paused."),
        (HALF, replace(ONLINE, metered=True), ALL_BY,
         "Text delivered 20:03. This network is metered: the photos wait for another one."),
        (HALF, replace(ONLINE, metered=True, policy=SendPolicy(text_only_on_metered=False)), ALL_BY,
         "Text delivered 20:03; all photos by about 21:40."),
        (HALF, replace(ONLINE, online=False, why="This network may want you to log in."), ALL_BY,
         "Text delivered 20:03. This network may want you to log in."),
        (WAITS, replace(ONLINE, online=False), ALL_BY,
         "The text waits. It is sent as soon as there is a connection."),
        (WAITS, replace(ONLINE, signed_in=False), None,
         "The text waits. It is sent when you sign in to the desk."),
        (replace(WAITS, state=DeliveryState.ATTEMPTING), ONLINE, ALL_BY,
         "Sending the text…; all photos by about 21:40."),
        (replace(WAITS, state=DeliveryState.REFUSED, why="The desk has no such section."), ONLINE,
         ALL_BY, "The desk has no such section."),
        (replace(WAITS, state=DeliveryState.SIGN_IN), ONLINE, None, "Waiting for you to sign in."),
        (replace(WAITS, photos_total=0, bytes_total=0), ONLINE, None, "The text waits."),
        (replace(HALF, photos_total=1, photos_delivered=0), ONLINE, NOW + timedelta(minutes=2),
         "Text delivered 20:03; the photo in about 2 minutes."),
        (replace(HALF, state=DeliveryState.DELIVERED, complete_at=NOW), ONLINE, None,
         "Desk has the text and all 9 photos, since 20:31."),
    ],
)  # fmt: skip
def test_every_condition_has_its_sentence(
    delivery: Delivery, conditions: Conditions, expected: datetime | None, said: str
) -> None:
    assert detail_words(delivery, conditions, expected, None) == said


def test_a_row_says_how_far_it_is_and_until_when() -> None:
    assert row_words(HALF, ONLINE, ALL_BY) == (
        "Text delivered 20:03; 4 of 9 photos – all photos by about 21:40"
    )
    paused = replace(ONLINE, policy=SendPolicy(paused=True))
    assert row_words(HALF, paused, ALL_BY) == (
        "Text delivered 20:03; 4 of 9 photos – sending is paused"
    )
    waits = replace(WAITS, why="The desk’s server is busy. It is tried again.")
    assert row_words(waits, ONLINE, None) == "The text waits – The desk’s server is busy"


def test_a_smaller_revision_on_its_way_does_not_say_that_the_text_waits() -> None:
    again = replace(WAITS, text_at=HALF.text_at)
    assert row_words(again, ONLINE, None) == "Text delivered 20:03; 0 of 9 photos"


def test_the_outbox_as_a_whole() -> None:
    texts = replace(WAITS, report_id="s", photos_total=0, bytes_total=0)
    assert outbox_words((HALF, WAITS, texts), ONLINE, ALL_BY) == (
        "Still to be sent: 2 texts and 39.2 MB of photos. All delivered by about 21:40."
    )
    assert outbox_words((texts,), replace(ONLINE, online=False), None) == (
        "Still to be sent: 1 text. It is sent as soon as there is a connection."
    )
    unknown = replace(ONLINE, measured=False)
    assert outbox_words((HALF,), unknown, None) == (
        "Still to be sent: 15.1 MB of photos. Measuring the connection…"
    )
    refused = replace(texts, state=DeliveryState.REFUSED)
    assert outbox_words((HALF, refused), ONLINE, ALL_BY).endswith(
        "What can be sent is delivered by about 21:40."
    )
    assert outbox_words((), ONLINE, None) == ""
    assert outbox_words((replace(HALF, state=DeliveryState.DELIVERED),), ONLINE, None) == ""


@pytest.mark.parametrize(
    "policy", [SendPolicy(paused=True), SendPolicy(only_photos=frozenset({"a"}))]
)
def test_nothing_is_promised_while_something_is_held_back(policy: SendPolicy) -> None:
    held = replace(ONLINE, policy=policy)
    assert outbox_words((HALF,), held, ALL_BY) == "Still to be sent: 15.1 MB of photos."


def test_of_one_photo_it_is_not_said_twice() -> None:
    one = replace(HALF, photos_total=1, photos_delivered=0)
    assert row_words(one, ONLINE, ALL_BY) == "Text delivered 20:03 – the photo by about 21:40"
    assert row_words(one, ONLINE, None) == "Text delivered 20:03; the photo waits"


def test_nothing_is_promised_for_what_only_the_person_can_help_on() -> None:
    refused = replace(WAITS, state=DeliveryState.REFUSED)
    assert outbox_words((refused,), ONLINE, ALL_BY) == (
        "Still to be sent: 1 text and 24.1 MB of photos."
    )


def test_what_the_person_decided_is_said() -> None:
    policy = SendPolicy(paused=True, bytes_a_second=32_000, only_photos=frozenset({"a", "b"}))
    every = (paused_words, only_photos_words, limit_words)
    assert [say(policy) for say in every] == [
        "Sending is paused. Nothing leaves this laptop until you resume.",
        "Only the 2 photos you chose are sent now; the others wait.",
        "The upload is limited to 256 kbit/s.",
    ]
    one = SendPolicy(only_photos=frozenset({"a"}))
    assert only_photos_words(one) == "Only the photo you chose is sent now; the others wait."
    assert only_photos_words(one, arrived=True).startswith("The desk has the photos you chose;")
    assert [say(SendPolicy()) for say in every] == ["", "", ""]


def test_sizes_and_rates_as_networks_call_them() -> None:
    assert [rate_words(rate) for rate in RATES] == [
        "128 kbit/s", "256 kbit/s", "512 kbit/s", "1 Mbit/s", "2 Mbit/s"
    ]  # fmt: skip
    assert [size_words(size) for size in (0, 840_300, 24_149_000)] == [
        "0 bytes",
        "840 kB",
        "24.1 MB",
    ]
