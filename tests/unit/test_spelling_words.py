"""Which words of a paragraph are looked up, and which names are taken for right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.event import EventFacts
from reporterdesk.domain.photo import Photo, Rendition
from reporterdesk.domain.report import ReportContent
from reporterdesk.spelling.accepted import Accepted, names_of
from reporterdesk.spelling.words import parts, plain, spelled_words


def looked_up(text: str) -> list[str]:
    """Return the words of ``text`` that are looked up."""
    return [word.text for word in spelled_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The reporter’s well-being, don’t", ["The", "reporter’s", "well-being", "don’t"]),
        ("l’Aquila col·legi", ["l’Aquila", "col·legi"]),
        ("NGOs, MPs, UNESCO’s and U.N. said", ["and", "said"]),
        ("3rd 2026 14:30 3,500 4x4 x B", []),
        ("see https://exmple.org/a-b?c=wrng, or", ["see", "or"]),
        ("www.exmple.org/pagge exmple.org file_name.txt", []),
        ("write to amina.rzaa@exmple.org, thanx", ["write", "to", "thanx"]),
        ("@amina #Lahoore and", ["and"]),
        ("ملک میں، ۲۰۲۶ اور", ["ملک", "میں", "اور"]),
        ("東京 ภาษาไทย text", ["text"]),
        ("a\ufffcword\u2028next \ud800lone", ["word", "next", "lone"]),
        ("x" * 65, []),
    ],
)  # fmt: skip
def test_what_is_looked_up(text: str, words: list[str]) -> None:
    assert looked_up(text) == words


def test_words_are_written_as_dictionaries_do() -> None:
    assert plain("don’t") == "don't"
    assert plain("cafe\u0301") == "café"
    assert plain("re\u00adport") == "report"
    assert plain("well‑being\u200e") == "well-being"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_the_parts_of_a_word_stand_where_they_are() -> None:
    text = "the Solano-NGO-rver"
    (word,) = (word for word in spelled_words(text) if "-" in word.text)
    assert [(part.text, text[part.start : part.end]) for part in parts(word)] == [
        ("Solano", "Solano"),
        ("rver", "rver"),
    ]


@given(st.text())
def test_words_are_found_where_they_stand(text: str) -> None:
    end = 0
    for word in spelled_words(text):
        assert word.start >= end
        assert text[word.start : word.end] == word.text
        end = word.end


def test_names_come_from_facts_byline_and_credits() -> None:
    rendition = Rendition("0" * 64, 1, "image/jpeg", 1, 1)
    content = ReportContent(
        byline="Mira Solano-Ruiz",
        event=EventFacts(
            name="Kitab Mela", venue="Alhamra Hall", city="Lahore", organiser="Zarrin’s Press"
        ),
        photos=(Photo("p", rendition, rendition, credit="Björk Ødegård"),),
    )
    names = Accepted(names_of(content))
    for word in (
        "Kitab", "Mela", "Alhamra", "Lahore", "Lahore's", "Zarrin", "Zarrin's", "Solano",
        "Solano-Ruiz", "Ruiz'", "d'Ødegård", "Björk's",
    ):  # fmt: skip
        assert word in names, word
    for word in ("lahore", "Lahor", "mela", "Ødegårds"):
        assert word not in names, word
    assert names.near("Lahroe") == ["Lahore"]


def test_a_word_of_ones_own_may_begin_a_sentence() -> None:
    own = Accepted(frozenset({"mela", "Kitab"}))
    assert "Mela" in own
    assert "mela's" in own
    assert "kitab" not in own
    assert "" not in own
    assert "'" not in own
