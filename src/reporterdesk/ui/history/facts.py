"""The facts of a report as the history shows them: names instead of what is stored."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from reporterdesk.domain.event import EventKind, Qualifier
from reporterdesk.domain.report import ReportContent
from reporterdesk.text.difference import Words, word_difference
from reporterdesk.workflow.comparing import Fact, FactChange

_LABELS = {
    Fact.BYLINE: "Byline",
    Fact.SECTION: "Section",
    Fact.LANGUAGE: "Language",
    Fact.NOTE_TO_DESK: "Note to the desk",
    Fact.EMBARGOED_UNTIL: "Embargo",
    Fact.LEAD_PHOTO: "Lead photo",
    Fact.EVENT_NAME: "Event",
    Fact.EVENT_KIND: "Kind of event",
    Fact.STARTS_AT: "Starts",
    Fact.ENDS_AT: "Ends",
    Fact.VENUE: "Venue",
    Fact.CITY: "City or town",
    Fact.COUNTRY: "Country",
    Fact.ORGANISER: "Organiser",
    Fact.ATTENDANCE: "People who came",
}
_KINDS = {
    EventKind.CONFERENCE: "Conference",
    EventKind.SCHOOL: "School",
    EventKind.MEETING: "Meeting",
    EventKind.RALLY: "Rally",
    EventKind.LAUNCH: "Launch",
    EventKind.CONGRESS: "Congress",
    EventKind.FESTIVAL: "Festival",
    EventKind.OTHER: "Other",
}
_HOW_MANY = {
    Qualifier.ABOUT: "about %1",
    Qualifier.MORE_THAN: "more than %1",
    Qualifier.EXACTLY: "exactly %1",
}
_WHOLE = frozenset({Fact.SECTION, Fact.LANGUAGE, Fact.EVENT_KIND, Fact.LEAD_PHOTO, Fact.COUNTRY})
"""Facts that are chosen, not written: one whole takes the place of the other."""


def fact_label(fact: Fact) -> str:
    """Return the name of a fact."""
    return QCoreApplication.translate("History", _LABELS[fact])


def named(
    change: FactChange,
    then: ReportContent,
    now: ReportContent,
    sections: Mapping[str, str],
    locale: QLocale,
) -> FactChange:
    """Return the change with both values as a person reads them.

    :param sections: the names of sections by their slugs.
    """
    names = _Names(sections, locale)
    before = names.name(change.fact, change.before, then)
    after = names.name(change.fact, change.after, now)
    return FactChange(change.fact, before, after, word_difference(before, after))


def shown_words(change: FactChange) -> Words:
    """Return the words of a fact; where it is chosen from a list, without any in common."""
    if change.fact not in _WHOLE:
        return change.words
    return (*word_difference(change.before, ""), *word_difference("", change.after))


class _Names:
    """Gives what is stored the names that a person knows."""

    def __init__(self, sections: Mapping[str, str], locale: QLocale) -> None:
        self._sections, self._locale = sections, locale

    def name(self, fact: Fact, value: str, content: ReportContent) -> str:  # noqa: PLR0911 - one a kind
        """Return a value of ``fact``, ``""`` where there is none."""
        if not value:
            return ""
        match fact:
            case Fact.SECTION:
                return self._sections.get(value, value)
            case Fact.LANGUAGE:
                return QLocale(value).nativeLanguageName() or value
            case Fact.EVENT_KIND:
                return QCoreApplication.translate("EventFactsForm", _KINDS[EventKind(value)])
            case Fact.STARTS_AT | Fact.ENDS_AT | Fact.EMBARGOED_UNTIL:
                return _date(value, self._locale)
            case Fact.COUNTRY:
                return QLocale.territoryToString(QLocale.codeToTerritory(value))
            case Fact.ATTENDANCE:
                return self._people(value)
            case Fact.LEAD_PHOTO:
                return _photo_name(value, content)
            case _:
                return value

    def _people(self, value: str) -> str:
        qualifier, _, number = value.partition(" ")
        pattern = QCoreApplication.translate("History", _HOW_MANY[Qualifier(qualifier)])
        return pattern.replace("%1", self._locale.toString(int(number)))


def _photo_name(photo_id: str, content: ReportContent) -> str:
    """Return a photo’s caption, or which one it is."""
    for number, photo in enumerate(content.photos, start=1):
        if photo.id == photo_id:
            word = QCoreApplication.translate("History", "Photo %1").replace("%1", str(number))
            return photo.caption.strip() or word
    return QCoreApplication.translate("History", "A photo")


def _date(value: str, locale: QLocale) -> str:
    """Return an ISO 8601 date or local date-time as it is read, or as it is where it is none."""
    day, _, clock = value.partition("T")
    date = QDate.fromString(day, "yyyy-MM-dd")
    if not date.isValid():
        return value
    shown = locale.toString(date, "d MMMM yyyy")
    return f"{shown}, {clock[:5]}" if clock else shown
