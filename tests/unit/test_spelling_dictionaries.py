"""Finding dictionaries, and the one for a language."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reporterdesk.spelling.dictionaries import (
    FOLDER_VARIABLE,
    Dictionary,
    choose,
    find_dictionaries,
    usual_folders,
)
from reporterdesk.spelling.scripts import language_script, main_script, word_script
from support.dictionaries import write_english, write_german, write_urdu

NAMES = (
    "en_US", "en_GB", "en_AU", "en", "de_DE_frami", "de_DE", "de_AT", "sr_RS", "sr_Latn_RS",
    "he_IL", "nb_NO", "ca-valencia", "ca", "es_419", "fr_FR", "fr_CA",
)  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "preferred", "best"),
    [
        ("en-GB", (), "en_GB"),
        ("en-NZ", (), "en"),
        ("en", (), "en"),
        ("en", ("ur-PK", "en-AU"), "en_AU"),
        ("en-NZ", ("en-AU",), "en_AU"),
        ("de", (), "de_DE"),
        ("de-CH", (), "de_DE"),
        ("sr", (), "sr_RS"),
        ("sr-Latn", (), "sr_Latn_RS"),
        ("iw", (), "he_IL"),
        ("no", (), "nb_NO"),
        ("ca", (), "ca"),
        ("fr", (), "fr_FR"),
        ("ur", ("en-GB",), None),
        ("", (), None),
        ("nonsense", (), None),
    ],
)
def test_the_dictionary_for_a_language(
    tag: str, preferred: tuple[str, ...], best: str | None
) -> None:
    those = [Dictionary(Path(), name) for name in NAMES]
    found = choose(tag, those, preferred)
    assert (found[0].name if found else None) == best


def test_what_is_there_is_found_once(tmp_path: Path) -> None:
    mine, system = tmp_path / "mine", tmp_path / "system"
    english = write_english(mine)
    write_english(system)
    german = write_german(system)
    (system / "hyph_de_DE.dic").touch()
    (system / "fr_FR.dic").touch()  # without rules
    (system / "it_IT.dic").mkdir()
    (system / "it_IT.aff").touch()
    (system / "es_ES.dic").symlink_to(system / "nowhere")
    (system / "es_ES.aff").touch()
    found = find_dictionaries([tmp_path / "not there", mine, mine / "en_GB.dic", system])
    assert found == (english, german)


def test_a_folder_that_may_not_be_read_is_passed_over(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    write_english(closed)
    urdu = write_urdu(tmp_path / "open")
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("whoever runs the tests may read everything")
        assert find_dictionaries([closed, tmp_path / "open"]) == (urdu,)
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_chosen_folders_come_first(tmp_path: Path, system: str) -> None:
    chosen = [tmp_path / "one", tmp_path / "two"]
    variables = {
        FOLDER_VARIABLE: os.pathsep.join(map(str, chosen)),
        "APPDATA": str(tmp_path / "roaming"),
        "PROGRAMFILES": str(tmp_path / "programs"),
    }
    office = tmp_path / "programs/LibreOffice/share/extensions/dict-en"
    office.mkdir(parents=True)
    folders = usual_folders(variables, tmp_path, system)
    assert list(folders[:2]) == chosen
    assert folders[-1].name == "dictionaries"  # Hunspell's own package
    wanted = {
        "linux": tmp_path / ".local/share/hunspell",
        "darwin": tmp_path / "Library/Spelling",
        "win32": office,
    }
    assert wanted[system] in folders


def test_scripts() -> None:
    assert language_script("ur") == "ARABIC"
    assert language_script("sr-Latn") == "LATIN"
    assert language_script("sr") == "CYRILLIC"
    assert language_script("en-GB") == "LATIN"
    assert word_script("don’t") == "LATIN"
    assert word_script("Москвa") == ""  # the last letter is a Latin one
    assert word_script("1º") == ""
    assert main_script(["شہر", "میں", "canal"]) == "ARABIC"
    assert main_script(["", "12"]) == ""
