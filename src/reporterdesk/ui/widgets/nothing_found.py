"""What the list says when a search has found nothing: what was searched, and what may help."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from reporterdesk.domain.places import Place
from reporterdesk.domain.searching import Filters, Search
from reporterdesk.ui.widgets.empty_place import EmptyWords
from reporterdesk.ui.wording import date_word, place_word, status_word

_LONGEST = 60


def nothing_found(
    search: Search, place: Place, *, everywhere: bool, sections: Mapping[str, str]
) -> EmptyWords:
    """Return what an empty list of findings says, with what would search in more reports.

    :param sections: the names of sections by their slugs.
    """
    words = " ".join(search.words.split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    where = _tr("anywhere") if everywhere else _tr("in %1").replace("%1", place_word(place))
    what = _tr("No report %1").replace("%1", where)
    if words:
        what = _tr("%1 has “%2”").replace("%1", what).replace("%2", words)
    narrowed = _narrowed(search.filters, sections)
    sentence = f"{what} ({', '.join(narrowed)})." if narrowed else f"{what}."
    action = "" if everywhere else "go.search_everywhere"
    more = "go.clear_filters" if narrowed else ""
    if not action and not more:
        sentence = f"{sentence} {_tr('Try fewer words, or fewer letters.')}"
    first, second = (action, more) if action else (more, "")
    return EmptyWords(_tr("Nothing found"), sentence, "search", first, second)


def _narrowed(filters: Filters, sections: Mapping[str, str]) -> list[str]:
    said = []
    if filters.section:
        name = sections.get(filters.section, filters.section.replace("-", " ").capitalize())
        said.append(_tr("section %1").replace("%1", name))
    if filters.status is not None:
        said.append(_tr("status %1").replace("%1", status_word(filters.status)))
    since, until = filters.since, filters.until
    if since is not None and until is not None:
        days = (date_word(since.isoformat()), date_word(until.isoformat()))
        said.append(_tr("event from %1 to %2").replace("%1", days[0]).replace("%2", days[1]))
    elif since is not None:
        said.append(_tr("event from %1 on").replace("%1", date_word(since.isoformat())))
    elif until is not None:
        said.append(_tr("event until %1").replace("%1", date_word(until.isoformat())))
    return said


def _tr(words: str) -> str:
    return QCoreApplication.translate("NothingFound", words)
