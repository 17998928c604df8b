"""Where the files are."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from reporterdesk import paths


def test_the_variable_decides(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.home() == home
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTERDESK_HOME", "here")
    assert paths.home() == tmp_path / "here"
    monkeypatch.setenv("REPORTERDESK_HOME", "~/there")
    assert paths.home() == Path.home() / "there"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_else_the_platform(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("REPORTERDESK_HOME")
    else:
        monkeypatch.setenv("REPORTERDESK_HOME", value)
    found = paths.home()
    assert found == Path(platformdirs.user_data_dir("ReporterDesk", appauthor=False))
    assert found.name == "ReporterDesk"
    assert found.is_absolute()


def test_every_file_has_a_place_of_its_own(home: Path) -> None:
    places = [
        paths.drafts_file(home),
        paths.photos_file(home),
        paths.lock_file(home),
        paths.settings_file(home),
        paths.logs_folder(home),
    ]
    assert len(set(places)) == 5
    assert all(place.parent == home for place in places)
    assert not any(place.exists() for place in places)
