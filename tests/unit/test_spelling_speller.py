"""Checking paragraphs with real Hunspell dictionaries, sound and hostile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reporterdesk.spelling.dictionaries import Dictionary, find_dictionaries
from reporterdesk.spelling.lexicon import MOST_SUGGESTIONS, BadDictionary, Lexicon
from reporterdesk.spelling.speller import MOST_MISTAKES, Speller
from support.dictionaries import (
    ENGLISH_RULES,
    ENGLISH_WORDS,
    write_dictionary,
    write_english,
    write_german,
    write_urdu,
)


@pytest.fixture
def speller(tmp_path: Path) -> Speller:
    """Return a speller with three languages, English chosen."""
    for write in (write_english, write_german, write_urdu):
        write(tmp_path)
    made = Speller(find_dictionaries([tmp_path]))
    assert made.begin("en") == "en_GB"
    return made


def wrong(speller: Speller, text: str) -> list[str]:
    """Return the words of ``text`` that are marked."""
    return [text[start:end] for start, end in speller.mistakes(text)]


def test_affixes_capitals_and_apostrophes(speller: Speller) -> None:
    text = "Meetings about the city’s canals, don’t writes: Reporters walled the rivver well-beign."
    assert wrong(speller, text) == ["rivver", "beign"]


def test_accents_are_composed_and_soft_hyphens_passed_over(speller: Speller) -> None:
    assert wrong(speller, "cafe\u0301s re\u00adport\u00ader and caf\u00e8") == ["caf\u00e8"]


def test_compounds_in_an_encoding_of_eight_bits(speller: Speller) -> None:
    assert speller.begin("de-CH") == "de_DE"
    text = "Die Flussstraßen, die Brücken: über der Flusbrücke Łódź"
    assert wrong(speller, text) == ["Flusbrücke", "Łódź"]  # Ł is no letter of ISO 8859-1
    assert "Brücke" in speller.suggest("Brüke")


def test_a_paragraph_in_another_script_has_its_own_dictionary(speller: Speller) -> None:
    assert wrong(speller, "شہر کی نہر میں لوگگ ہے") == ["لوگگ"]
    assert wrong(speller, "شہر کی نہر Lahoore میں لوگ ہے") == ["Lahoore"]
    assert wrong(speller, "the city (شہرر) is") == []
    assert "لوگ" in speller.suggest("لوگگ")


def test_a_paragraph_that_no_dictionary_knows_is_not_checked(speller: Speller) -> None:
    assert wrong(speller, "الاجتماع في المدينة القديمة") == []  # Arabic, there is only Urdu
    assert wrong(speller, "Собрание в городе") == []


def test_a_report_in_another_language_checks_its_english(speller: Speller) -> None:
    assert speller.begin("ur") == "ur_PK"
    assert wrong(speller, "اجلاسس شہر میں") == ["اجلاسس"]
    assert wrong(speller, "The metting in the city") == ["metting"]


def test_without_a_dictionary_nothing_is_wrong(speller: Speller) -> None:
    assert speller.begin("fr") is None
    assert wrong(speller, "Une reunionn") == []
    assert speller.suggest("reunionn") == ()


def test_what_is_accepted_is_right_until_it_is_not(speller: Speller) -> None:
    text = "Solano’s metting in Lahore"
    assert wrong(speller, text) == ["Solano’s", "metting", "Lahore"]
    speller.accept({"Solano", "Lahore"})
    assert wrong(speller, text) == ["metting"]
    assert speller.suggest("Lahroe")[0] == "Lahore"
    speller.accept(())
    assert wrong(speller, text) == ["Solano’s", "metting", "Lahore"]


def test_suggestions_are_few_and_written_as_the_word_is(speller: Speller) -> None:
    assert len(speller.suggest("wrod")) <= MOST_SUGGESTIONS
    assert "word" in speller.suggest("wrod")
    assert "don’t" in speller.suggest("don’tt")
    assert speller.suggest("") == ()
    assert speller.suggest("\ud800") == ()


def test_what_is_no_prose_has_no_end_of_marks(speller: Speller) -> None:
    assert len(speller.mistakes("metting " * 20_000)) == MOST_MISTAKES


def test_names_of_encodings_that_python_does_not_know(tmp_path: Path) -> None:
    rules = "SET microsoft-cp1251\n"
    write_dictionary(tmp_path, "ru_RU", rules, "город\nвстреча\n", codec="cp1251")
    made = Speller(find_dictionaries([tmp_path]))
    assert made.begin("ru") == "ru_RU"
    assert wrong(made, "город встречча") == ["встречча"]


def _nothing(there: Dictionary) -> None:
    there.words.write_text("")
    there.rules.write_text("")


def _noise(there: Dictionary) -> None:
    there.rules.write_bytes(os.urandom(100_000))
    there.words.write_bytes(os.urandom(100_000))


def _wrong_encoding(there: Dictionary) -> None:
    there.rules.write_text("SET NO-SUCH-CODE\n")
    there.words.write_text("3\nвода\nнебо\nземля\n", encoding="utf-8")


def _broken_rules(there: Dictionary) -> None:
    there.rules.write_text("SET UTF-8\nSFX S Y 99999\nSFX S\nCOMPOUNDRULE 5\nCOMPOUNDRULE (\n" * 50)
    there.words.write_text("1\n//////\n")


def _directory(there: Dictionary) -> None:
    there.words.mkdir()
    there.rules.write_text(ENGLISH_RULES)


def _huge(there: Dictionary) -> None:
    there.rules.write_text(ENGLISH_RULES)
    with there.words.open("wb") as file:
        file.truncate(1 << 40)  # nothing of it is on the disk


def _gone(there: Dictionary) -> None:
    there.rules.write_text(ENGLISH_RULES)


@pytest.mark.parametrize(
    "spoil", [_nothing, _noise, _wrong_encoding, _broken_rules, _directory, _huge, _gone]
)
def test_a_hostile_dictionary_is_passed_over(tmp_path: Path, spoil: object) -> None:
    there = Dictionary(tmp_path, "en_GB")
    assert callable(spoil)
    spoil(there)
    with pytest.raises(BadDictionary):
        Lexicon(there)
    sound = write_english(tmp_path, "en_US")
    made = Speller([there, sound])
    assert made.begin("en-GB") == "en_US"
    assert wrong(made, "the metting") == ["metting"]


def test_rules_that_are_partly_broken_do_no_harm(tmp_path: Path) -> None:
    rules = ENGLISH_RULES + "PFX Z Y 3\nPFX Z 0 un\nREP 9999\nMAP x\nBREAK -1\n"
    there = write_dictionary(tmp_path, "en_GB", rules, ENGLISH_WORDS)
    assert Lexicon(there).knows("city")


def test_a_folder_with_letters_of_any_script(tmp_path: Path) -> None:
    there = write_english(tmp_path / "Wörterbücher لغت" / ("deep" * 30))
    assert Lexicon(there).knows("city")
