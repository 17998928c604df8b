"""Words, minutes, paragraphs, first words, and which way a text runs."""

from __future__ import annotations

import pytest

from reporterdesk.text.count import (
    WORDS_A_MINUTE,
    first_words,
    paragraphs,
    reading_minutes,
    word_count,
)
from reporterdesk.text.direction import direction, language_direction, text_direction
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Document


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" — … ! ", 0),
        ("One two  three.", 3),
        ("It’s a well-being centre, isn't it?", 6),
        ("3,500 visitors at 10.30", 4),
        ("l’Aquila e l'università", 3),
        ("یہ ایک جملہ ہے", 4),
        ("می‌خواهم", 1),
        ("東京大学", 4),
        ("क्षत्रिय धर्म", 2),
        ("a,b", 1),
    ],
)
def test_words_of_a_text(text: str, words: int) -> None:
    assert word_count(text) == words


def test_words_of_a_document_are_those_people_read() -> None:
    body = "## Two words\n\n- **one**\n    1. two\n\n> three *four*\n\n![](photo:a1)\n\n[five](https://e.org)"
    assert word_count(parse(body)) == 7
    assert word_count(Document()) == 0


def test_reading_time_is_rounded_up() -> None:
    assert reading_minutes(Document()) == 0
    assert reading_minutes(parse("word")) == 1
    assert reading_minutes(parse("word " * WORDS_A_MINUTE)) == 1
    assert reading_minutes(parse("word " * (WORDS_A_MINUTE + 1))) == 2


def test_only_paragraphs_are_paragraphs() -> None:
    assert paragraphs(parse("## Heading\n\n- item\n\n---\n\n![](photo:a1)")) == 0
    assert paragraphs(parse("one\n\ntwo\n\n> quote")) == 2


def test_first_words_end_after_a_word() -> None:
    body = parse("## Heading\n\nThe *hall* was full,\\\nsaid everyone.\n\n- item\n\nMore.")
    assert first_words(body, 200) == "The hall was full, said everyone. More."
    assert first_words(body, 39) == "The hall was full, said everyone. More."
    assert first_words(body, 20) == "The hall was full…"
    assert first_words(body, 13) == "The hall was…"
    assert first_words(parse("> Quoted words"), 100) == "Quoted words"
    assert first_words(parse("Donaudampfschifffahrt"), 10) == "Donaudamp…"
    assert first_words(Document(), 10) == ""


@pytest.mark.parametrize("limit", range(1, 60))
def test_first_words_keep_to_their_limit(limit: int) -> None:
    assert len(first_words(parse("The hall was full, said everyone who had come."), limit)) <= limit


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        *[(tag, "rtl") for tag in ("ur", "ar", "AR-EG", "fa_IR", "he", "ug", "pa-Arab", "ur-PK")],
        *[(tag, "ltr") for tag in ("en", "ur-Latn", "de-CH", "zh-Hans", "pa", "", "x-klingon")],
    ],
)
def test_direction_of_a_language(tag: str, way: str) -> None:
    assert language_direction(tag) == way
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("اردو میں رپورٹ", "rtl"),
        ("« 12 » שלום", "rtl"),
        ("2026 — Report اردو", "ltr"),
        ("12.30 – 14.00", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_of_a_text_is_its_first_strong_character(text: str, way: str) -> None:
    assert text_direction(text) == way
    assert direction(text) == way
