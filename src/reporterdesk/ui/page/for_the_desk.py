"""What only the desk sees, below the page: alt texts, and what was said of the report."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.text.direction import direction
from reporterdesk.ui.wording import full_moment_word

_DECIDED = {
    Action.RETURN: "%1 returned it.",
    Action.APPROVE: "%1 approved it.",
    Action.PUBLISH: "%1 published it.",
    Action.SCHEDULE: "%1 scheduled it.",
    Action.SPIKE: "%1 spiked it.",
    Action.WITHDRAW: "%1 withdrew it.",
    Action.CORRECT: "%1 published a correction.",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewPage", text)


def for_the_desk(report: ReviewedReport, locale: QLocale) -> str:
    """Return it as HTML of the app's own, to be shown after the page. On the UI thread."""
    apart = _Apart(report)
    parts = [f"<h2>{escape(_tr('For the desk only'))}</h2>"]
    for number, photo in enumerate(report.content.photos, start=1):
        label = _tr("Alt text of photo %1").replace("%1", str(number))
        words = photo.alt_text or _tr("none")
        late = _tr("Still on its way.") if photo.full.sha256 in report.missing else ""
        parts.append(apart.line(f"{label}:", words, late))
    parts += [apart.line(full_moment_word(at, locale), words) for at, words in _history(report)]
    return f'<section class="desk">{"".join(parts)}</section>'


class _Apart:
    """Keeps words of another direction together, or a date’s day would wander off."""

    def __init__(self, report: ReviewedReport) -> None:
        self._from_right = direction(report.content.language) == "rtl"

    def line(self, label: str, words: str, more: str = "") -> str:
        """Return one line, its label in quieter letters."""
        said = escape(self._held(words)) + (f" <i>{escape(more)}</i>" if more else "")
        return f'<p><span class="label">{escape(self._held(label))}</span> {said}</p>'

    def _held(self, words: str) -> str:
        return f"\u2068{words}\u2069" if self._from_right else words


def _history(report: ReviewedReport) -> list[tuple[datetime, str]]:
    filed = _tr("Revision %1 was filed by %2.").replace("%1", str(report.number))
    lines = [(report.filed_at, filed.replace("%2", report.author))]
    for decision in report.decisions:
        said = _DECIDED.get(decision.action, "%1: " + decision.action.value)
        words = _tr(said).replace("%1", decision.decided_by)
        note = f" “{decision.note}”" if decision.note else ""
        lines.append((decision.decided_at, words + note))
    lines.extend(
        (comment.written_at, f"{comment.author}: {comment.text}") for comment in report.comments
    )
    return sorted(lines, key=lambda line: line[0])
