"""What is said of a look through all reports, and of what was replaced in them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from reporterdesk.workflow.library.looking import MOST, Looked
from reporterdesk.workflow.library.replacing import LeftAlone, Outcome, Why

_MOST_NAMED = 5
_WHY = {
    Why.GONE: "Deleted meanwhile",
    Why.MOVED_ON: "Filed or thrown away meanwhile",
    Why.REWRITTEN: "Changed meanwhile, so left as it is",
}


def found_words(looked: Looked) -> str:
    """Say what was found, and what of it cannot be changed."""
    if not looked.reports:
        return _tr("Not found.")
    hits = sum(len(report.hits) for report in looked.reports)
    fixed = sum(not report.changeable for report in looked.reports)
    words = [_in_reports(hits, len(looked.reports), "%1 in 1 report.", "%1 in %2 reports.")]
    if fixed:
        one, many = "1 of them cannot be changed.", "%1 of them cannot be changed."
        words.append(_tr(one) if fixed == 1 else _tr(many).replace("%1", _number(fixed)))
    if looked.more:
        more = _tr("These are the first %1; replace them, and the rest is found.")
        words.append(more.replace("%1", _number(MOST)))
    return " ".join(words)


def replaced_words(outcome: Outcome) -> tuple[str, ...]:
    """Say what was replaced, and what was left as it is."""
    places = sum(one.places for one in outcome.changed)
    first = _in_reports(
        places, len(outcome.changed), "%1 replaced in 1 report.", "%1 replaced in %2 reports."
    )
    return (first if outcome.changed else _tr("Nothing was replaced."), *_rest(outcome))


def taken_back_words(outcome: Outcome) -> tuple[str, ...]:
    """Say which reports have their former text again."""
    count = len(outcome.changed)
    if not count:
        first = _tr("Nothing was taken back.")
    elif count == 1:
        first = _tr("1 report has its former text again.")
    else:
        first = _tr("%1 reports have their former text again.").replace("%1", _number(count))
    return (first, *_rest(outcome))


def _rest(outcome: Outcome) -> tuple[str, ...]:
    lines = [_left_words(why, outcome.left) for why in Why]
    if outcome.stopped is not None:
        lines.append(str(outcome.stopped))
    return tuple(line for line in lines if line)


def _left_words(why: Why, left: tuple[LeftAlone, ...]) -> str:
    headlines = [one.headline.strip() for one in left if one.why is why]
    if not headlines:
        return ""
    named = ", ".join(
        f"“{headline}”" if headline else _tr("no headline yet")
        for headline in headlines[:_MOST_NAMED]
    )
    if len(headlines) > _MOST_NAMED:
        more = _tr("and %1 more").replace("%1", _number(len(headlines) - _MOST_NAMED))
        named = f"{named} {more}"
    return f"{_tr(_WHY[why])}: {named}."


def _in_reports(hits: int, reports: int, one: str, many: str) -> str:
    words = _tr(one if reports == 1 else many)
    return words.replace("%1", _number(hits)).replace("%2", _number(reports))


def _number(number: int) -> str:
    return QLocale().toString(number)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Library", words)
