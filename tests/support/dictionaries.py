"""Small dictionaries of our own: English, German with compounds, Urdu."""

from __future__ import annotations

from pathlib import Path

from reporterdesk.spelling.dictionaries import Dictionary

ENGLISH_RULES = """SET UTF-8
TRY esianrtolcdugmphbyfvkwz'
WORDCHARS '
SFX S Y 2
SFX S y ies [^aeiou]y
SFX S 0 s [^y]
SFX M Y 1
SFX M 0 's .
SFX D Y 1
SFX D 0 ed [^e]
"""
ENGLISH_WORDS = """
a
about
and
being
came
canal/SM
café/S
city/SM
don't
in
is
meeting/SM
of
people/M
reporter/SM
river/SM
the
they
to
wall/SD
was
well
with
word/SM
write/S
"""

GERMAN_RULES = """SET ISO8859-1
TRY esianrtolcdugmphbyfvkwzäöüß
COMPOUNDBEGIN x
COMPOUNDEND y
ONLYINCOMPOUND o
SFX n Y 1
SFX n 0 n e
"""
GERMAN_WORDS = """
Fluss/x
Straße/n
straße/yon
Brücke/n
brücke/yon
der
die
in
ist
über
"""

URDU_RULES = """SET UTF-8
TRY اےیہنکرسمتلو
IGNORE ًٌٍَُِّْ
"""
URDU_WORDS = """
اجلاس
اور
شہر
لوگ
میں
نہر
کی
کے
ہے
"""


def write_dictionary(
    folder: Path, name: str, rules: str, words: str, *, codec: str = "utf-8"
) -> Dictionary:
    """Write one dictionary, its words counted as Hunspell wants it."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = words.strip().splitlines()
    made = Dictionary(folder, name)
    made.rules.write_text(rules, encoding=codec)
    made.words.write_text("\n".join([str(len(entries)), *entries, ""]), encoding=codec)
    return made


def write_english(folder: Path, name: str = "en_GB") -> Dictionary:
    """Write the English one."""
    return write_dictionary(folder, name, ENGLISH_RULES, ENGLISH_WORDS)


def write_german(folder: Path, name: str = "de_DE") -> Dictionary:
    """Write the German one, in an encoding of eight bits."""
    return write_dictionary(folder, name, GERMAN_RULES, GERMAN_WORDS, codec="latin-1")


def write_urdu(folder: Path, name: str = "ur_PK") -> Dictionary:
    """Write the Urdu one."""
    return write_dictionary(folder, name, URDU_RULES, URDU_WORDS)
