"""Quotes, apostrophes, dashes, ellipses and French spaces, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.text.quotation import quotes_of
from reporterdesk.text.typography import LOOKS_BACK, TRIGGERS, typed

LANGUAGES = ("en", "de", "fr", "it", "pl", "sv", "ru", "ur", "he", "zh", "ja", "fa", "hu", "fr-CH")


def write(keys: str, language: str) -> str:
    """Return what stands there after ``keys``; ``·`` and ``_`` are the thin and the full space.

    A third hyphen finds the two before it as they were typed, as in the editor.
    """
    line = ""
    for key in keys:
        if key == "-" and line.endswith("–"):
            line = line[:-1] + "--"
        line += key
        found = typed(line, language)
        if found is not None:
            line = line[: len(line) - found.length] + found.text
    return line.replace("\u202f", "·").replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("language", "keys", "expected"),
    [
        ("en", "She said \"it's 'fine'\".", "She said “it’s ‘fine’”."),
        ("en", '("x") -- "\'Go,\' he said"', "(“x”) – “‘Go,’ he said”"),
        ("en", "a --- b... and --- ", "a — b… and — "),
        ("en", "I'm \"in 1990\", rock 'n' roll", "I’m “in 1990”, rock ‘n’ roll"),
        ("en", 'he is 5\'10" tall, a 21" screen', 'he is 5\'10" tall, a 21" screen'),
        ("en", '"he is 5\'10" tall"', "“he is 5'10\" tall”"),
        ("en", "---", "---"),
        ("en", "  -- ", "  -- "),
        ("en", "a----b....", "a—-b…."),
        ("en-GB", '"x"', "“x”"),
        ("de", '"Das ist \'gut\'", sagt\'s "er"', "„Das ist ‚gut‘“, sagt’s „er“"),
        ("de-CH", "\"so 'nicht'\"", "«so ‹nicht›»"),
        ("fr", 'Il dit : "l\'homme" !', "Il dit_: «·l’homme·»·!"),
        ("fr", '"il dit "oui" ici"', "«·il dit “oui” ici·»"),
        ("fr", 'l\'"Aube" ; vraiment ?', "l’«·Aube·»·; vraiment·?"),
        ("fr", "« non » et Paris: oui", "«·non·» et Paris: oui"),
        ("fr", '" ici "', "«·ici “"),
        ("fr_CA", '"ici"', "«·ici·»"),
        ("es", "\"así 'de' bien\"", "“así ‘de’ bien”"),
        ("it", "l'uomo, dell'\"arte\" è", "l’uomo, dell’«arte» è"),
        ("pl", '"Ala "ma" kota"', "„Ala «ma» kota”"),
        ("sv", '"Hej \'du\' där" ("x")', "”Hej ’du’ där” (”x”)"),
        ("fi", '"ei" -- "on"', "”ei” – ”on”"),
        ("ru", '"Он "сказал" да"', "«Он „сказал“ да»"),
        ("nl", "\"zo'n 'x'\"", "“zo’n ‘x’”"),
        ("pt", '"x"', "“x”"),
        ("pt-PT", '"x "y""', "«x “y”»"),
        ("da", '"x"', "“x”"),
        ("nb", "\"x 'y'\"", "«x ‘y’»"),
        ("cs", '"ahoj"', "„ahoj“"),
        ("ur", "اس نے \"کہا 'یہ' ہے\" اور", "اس نے ”کہا ’یہ‘ ہے“ اور"),
        ("ar", 'قال "نعم"', "قال ”نعم“"),
        ("fa", "گفت \"بله 'نه'\"", "گفت «بله ‹نه›»"),
        ("he", 'צה"ל אמר "שלום"', "צה״ל אמר ”שלום”"),
        ("he", "ג'ירפה", "ג׳ירפה"),
        ("zh", '他说"你好\'吗\'"然后"走"', "他说“你好‘吗’”然后“走”"),
        ("zh-Hant", '他說"好"', "他說「好」"),
        ("ja", "彼は\"そう'か'\"と", "彼は「そう『か』」と"),
        ("xx", '"x"', "“x”"),
        ("", '"x"', "“x”"),
    ],
)
def test_what_is_typed_becomes_what_the_language_writes(
    language: str, keys: str, expected: str
) -> None:
    assert write(keys, language) == expected


@pytest.mark.parametrize(
    "address",
    ["https://e.org/a--b...c'd", "www.e.org/a--b", "me@e.org--x...", "mailto:a--b"],
)
@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_nothing_is_replaced_inside_an_address(address: str, language: str) -> None:
    assert write(f"see {address}", language) == f"see {address}"


def test_a_language_with_a_region_or_script_finds_its_own_marks() -> None:
    assert quotes_of("zh_TW") == quotes_of("zh-Hant-HK") != quotes_of("zh-Hans-CN")
    assert quotes_of("PT-pt") != quotes_of("pt-BR")
    assert quotes_of("no") == quotes_of("nb-NO")


@given(
    st.text("ab1 \"'-.;:!?»«“”‘’„‚ \u202f\u05d0\u4e00/w.@", max_size=40), st.sampled_from(LANGUAGES)
)
def test_a_replacement_is_the_end_of_what_was_typed(line: str, language: str) -> None:
    found = typed(line, language)
    if found is None:
        return
    assert line[-1] in TRIGGERS
    assert 1 <= found.length <= min(len(line), 3)
    assert found.text != line[-found.length :]
    # What stood before the rule's own characters decides, never what lies beyond its sight.
    kept = line[: len(line) - found.length]
    assert all(character in "\"'-. ;:!?»" for character in line[len(kept) :])


@given(st.text("ab \"'-.", max_size=30), st.sampled_from(LANGUAGES))
def test_plain_letters_never_change(keys: str, language: str) -> None:
    letters = [c for c in keys if c.isalpha()]
    assert [c for c in write(keys, language) if c.isascii() and c.isalpha()] == letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_around_words_is_opened_and_closed(language: str) -> None:
    quotes = quotes_of(language)
    thin = "·" if quotes.inside else ""
    expected = f"x {quotes.opening}{thin}a b{thin}{quotes.closing} y"
    assert write('x "a b" y', language) == expected
    if not quotes.inner_single:
        inner = f"{quotes.inner_opening}b{quotes.inner_closing}"
        assert inner in write('x "a "b" c" y', language)


def test_a_very_long_line_costs_little() -> None:
    line = ('"' + "word " * LOOKS_BACK)[-LOOKS_BACK:] + '"'
    assert typed(line, "en") is not None
