"""Dates and times as people type them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QLocale, QTime

from reporterdesk.ui.widgets.event_date import read_date, read_time, show_date

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2026-03-14", BRITISH),
        ("14/3/2026", BRITISH),
        ("3/14/2026", AMERICAN),
        ("14/3/2026", AMERICAN),
        ("14.3.2026", GERMAN),
        (" 14  Mar 2026 ", BRITISH),
        ("14 March 2026", BRITISH),
        ("14. März 2026", GERMAN),
        ("March 14, 2026", AMERICAN),
    ],
)
def test_the_same_day_in_many_hands(text: str, locale: QLocale) -> None:
    assert read_date(text, locale) == QDate(2026, 3, 14)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "31.02.2026", "14 3", "٢٠٢٦"])
def test_no_date_is_made_up(text: str) -> None:
    assert read_date(text, BRITISH) is None


def test_what_is_shown_is_read_again() -> None:
    date = QDate(2026, 3, 4)
    for locale in (BRITISH, AMERICAN, GERMAN):
        assert read_date(show_date(date, locale), locale) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("18:30", QTime(18, 30)),
        ("18.30", QTime(18, 30)),
        ("18h30", QTime(18, 30)),
        ("9", QTime(9, 0)),
        ("6:30 pm", QTime(18, 30)),
        ("12 am", QTime(0, 0)),
        ("25:00", None),
        ("13 pm", None),
        ("noon", None),
    ],
)
def test_times(text: str, time: QTime | None) -> None:
    assert read_time(text) == time
