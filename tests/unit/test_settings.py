"""The person's choices: never half-written, never lost, never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from reporterdesk.settings import Settings, load_settings, save_settings

CHOSEN = Settings(
    theme="dark",
    report_language="fr-CH",
    text_size=18,
    server_url="https://desk.example",
    email="zoe@desk.example",
    byline="Zoë",
)


@pytest.fixture
def file(home: Path) -> Path:
    """Return where the settings are."""
    return home / "settings.json"


def test_they_come_back(file: Path) -> None:
    assert load_settings(file) == Settings()
    save_settings(file, CHOSEN)
    assert load_settings(file) == CHOSEN
    save_settings(file, Settings())
    assert load_settings(file) == Settings()
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_the_folder_is_made(file: Path) -> None:
    deeper = file.parent / "new" / "settings.json"
    save_settings(deeper, CHOSEN)
    assert load_settings(deeper) == CHOSEN


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_kept_aside(file: Path, content: bytes) -> None:
    for number in (1, 2):
        file.write_bytes(content)
        assert load_settings(file) == Settings()
        assert not file.exists()
        assert file.with_name(f"settings.damaged-{number}.json").read_bytes() == content
    save_settings(file, CHOSEN)
    assert load_settings(file) == CHOSEN


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ({"theme": "pink"}, Settings()),
        ({"theme": 3, "byline": "Kept"}, Settings(byline="Kept")),
        ({"text_size": "big"}, Settings()),
        ({"text_size": True}, Settings()),
        ({"text_size": 10**9}, Settings(text_size=32)),
        ({"text_size": -1}, Settings(text_size=8)),
        ({"of_a_newer_version": 1, "theme": "light"}, Settings(theme="light")),
    ],
)
def test_what_makes_no_sense_has_its_default(
    file: Path, written: dict[str, object], wanted: Settings
) -> None:
    file.write_text(json.dumps(written), encoding="utf-8")
    assert load_settings(file) == wanted
    assert file.exists()


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_value_of_any_field(file: Path, value: object) -> None:
    fields = dict.fromkeys(("theme", "report_language", "text_size", "byline"), value)
    file.write_text(json.dumps(fields), encoding="utf-8")
    found = load_settings(file)
    assert found.theme in {"system", "light", "dark"}
    assert isinstance(found.text_size, int)


def test_a_full_disk_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(file, CHOSEN)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_settings(file, Settings())
    assert load_settings(file) == CHOSEN
    assert [found.name for found in file.parent.iterdir()] == ["settings.json"]


def test_a_folder_in_its_place(file: Path) -> None:
    file.mkdir()
    assert load_settings(file) == Settings()
    with pytest.raises(OSError):  # noqa: PT011 (each system has another)
        save_settings(file, CHOSEN)
