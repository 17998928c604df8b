"""The HTML of a report as it will be published, and under it what only the desk sees."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtGui import QPalette

from reporterdesk.domain.event import EventFacts, Qualifier
from reporterdesk.domain.photo import Photo
from reporterdesk.domain.reviewed import ReviewedReport
from reporterdesk.domain.status import Action
from reporterdesk.text.direction import direction
from reporterdesk.text.html import to_html
from reporterdesk.text.parse import parse
from reporterdesk.text.tree import Figure
from reporterdesk.ui.wording import full_moment_word


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewPage", text)


def style_sheet(palette: QPalette) -> str:
    """Return the page's style, in the hierarchy of the public site; Qt's rich text subset."""
    muted = palette.color(QPalette.ColorRole.PlaceholderText).name()
    text = palette.color(QPalette.ColorRole.Text).name()
    accent = palette.color(QPalette.ColorRole.Link).name()
    return f"""
    body {{ color: {text}; font-family: Georgia, 'Noto Serif', serif; font-size: 13pt; }}
    h1 {{ font-size: 25pt; font-weight: 700; margin-top: 4px; margin-bottom: 8px; }}
    h2 {{ font-size: 17pt; font-weight: 700; margin-top: 20px; margin-bottom: 6px; }}
    h3 {{ font-size: 14pt; font-weight: 700; margin-top: 16px; margin-bottom: 4px; }}
    p {{ margin-top: 0; margin-bottom: 12px; }}
    a {{ color: {accent}; }}
    .kicker, .meta, .dateline, .caption, .facts, .desk {{ font-family: 'Noto Sans', sans-serif; }}
    .kicker {{ color: {accent}; font-size: 10pt; font-weight: 600; margin-bottom: 0; }}
    .standfirst {{ font-size: 15pt; color: {muted}; }}
    .meta, .caption {{ color: {muted}; font-size: 10pt; }}
    .dateline {{ color: {accent}; font-size: 10pt; font-weight: 600; margin-bottom: 8px; }}
    .photo {{ margin-top: 8px; margin-bottom: 4px; }}
    .facts td {{ font-size: 10pt; padding-right: 16px; padding-bottom: 4px; }}
    .label {{ color: {muted}; }}
    .deskhead {{ font-family: 'Noto Sans', sans-serif; font-size: 12pt; font-weight: 600;
        margin-top: 24px; margin-bottom: 8px; }}
    .desk {{ font-size: 10pt; margin-bottom: 8px; }}
    blockquote {{ font-style: italic; margin-left: 24px; margin-right: 24px; }}
    """


class ReviewPage:
    """Builds the page of one report; ``width`` gives the pixels that a photo may take."""

    def __init__(
        self,
        report: ReviewedReport,
        section_name: str,
        locale: QLocale,
        width: Callable[[Photo], int],
    ) -> None:
        self._report = report
        self._content = report.content
        self._section = section_name or report.content.section
        self._locale = locale
        self._width = width
        self._photos = {photo.id: photo for photo in report.content.photos}
        self._from_right = direction(report.content.language) == "rtl"

    def html(self, *, for_desk: bool = True) -> str:
        """Return the page, with what only the desk sees under it, or without."""
        document = parse(self._content.body)
        placed = {block.photo_id for block in document.blocks if isinstance(block, Figure)}
        lead = self._lead(placed)
        rest = [
            photo.id
            for photo in self._content.photos
            if photo.id not in placed and photo.id != lead
        ]
        parts = [
            self._head(),
            self._figure(lead) if lead else "",
            self._dateline(),
            to_html(document, self._figure),
            *(self._figure(photo_id) for photo_id in rest),
            self._facts(),
            self._for_the_desk() if for_desk else "",
        ]
        return "<body>" + "\n".join(part for part in parts if part) + "</body>"

    def _lead(self, placed: set[str]) -> str | None:
        lead = self._content.lead_photo
        return lead if lead in self._photos and lead not in placed else None

    def _head(self) -> str:
        content = self._content
        parts = [_p("kicker", self._section)]
        if content.headline.strip():
            parts.append(f"<h1>{escape(content.headline)}</h1>")
        if content.standfirst:
            parts.append(_p("standfirst", content.standfirst))
        if content.byline:
            parts.append(_p("meta", _tr("By %1").replace("%1", content.byline)))
        return "\n".join(parts)

    def _dateline(self) -> str:
        event = self._content.event
        place = event.city or event.venue
        parts = [part for part in (place, self._date(event.starts_at)) if part]
        return _p("dateline", " · ".join(map(self._apart, parts))) if parts else ""

    def _figure(self, photo_id: str | None) -> str:
        photo = self._photos.get(photo_id or "")
        if photo is None:
            return _p("caption", _tr("[This photo is no longer part of the report.]"))
        if photo.id in self._report.absent or photo.preview.sha256 in self._report.missing:
            picture = _p("caption", _tr("[The photo is still on its way.]"))
        else:
            source, alt = escape(f"photo:{photo.id}"), escape(photo.alt_text)
            width = self._width(photo)
            height = round(width * photo.preview.height / photo.preview.width)
            picture = (
                f'<p class="photo"><img src="{source}" alt="{alt}" '
                f'width="{width}" height="{height}"></p>'
            )
        words = " — ".join(part for part in (photo.caption, photo.credit) if part)
        return picture + _p("caption", words)

    def _facts(self) -> str:
        event = self._content.event
        rows = [
            (_tr("Event"), event.name),
            (_tr("Starts"), self._date(event.starts_at)),
            (_tr("Ends"), self._date(event.ends_at or "")),
            (_tr("Place"), self._place(event)),
            (_tr("Organiser"), event.organiser),
            (_tr("People who came"), self._people(event)),
        ]
        told = [(escape(label), escape(self._apart(value))) for label, value in rows if value]
        if not told:
            return ""
        head = f'<p class="deskhead">{escape(_tr("The event"))}</p>'
        if self._from_right:  # Qt does not turn tables round
            lines = (
                f'<p class="desk"><span class="label">{self._apart(label)}:</span> {value}</p>'
                for label, value in told
            )
            return head + "".join(lines)
        cells = "".join(
            f'<tr><td class="label">{label}</td><td>{value}</td></tr>' for label, value in told
        )
        return f'{head}<table class="facts">{cells}</table>'

    def _apart(self, words: str) -> str:
        """Keep words of another direction together, or a date’s day would wander off."""
        return f"\u2068{words}\u2069" if self._from_right else words

    def _for_the_desk(self) -> str:
        parts = [f'<p class="deskhead">{escape(_tr("For the desk only"))}</p>']
        for number, photo in enumerate(self._content.photos, start=1):
            label = _tr("Alt text of photo %1").replace("%1", str(number))
            alt = escape(photo.alt_text) or escape(_tr("none"))
            late = photo.full.sha256 in self._report.missing
            still = f" <i>{escape(_tr('Still on its way.'))}</i>" if late else ""
            label = f'<span class="label">{escape(self._apart(label))}:</span>'
            parts.append(f'<p class="desk">{label} {self._apart(alt)}{still}</p>')
        parts.append(self._history())
        return "\n".join(parts)

    def _history(self) -> str:
        filed = _tr("Revision %1 was filed by %2.").replace("%1", str(self._report.number))
        lines = [(self._report.filed_at, filed.replace("%2", self._report.author))]
        for decision in self._report.decisions:
            said = _DECIDED.get(decision.action, "%1: " + decision.action.value)
            words = _tr(said).replace("%1", decision.decided_by)
            note = f" “{decision.note}”" if decision.note else ""
            lines.append((decision.decided_at, words + note))
        lines.extend(
            (comment.written_at, f"{comment.author}: {comment.text}")
            for comment in self._report.comments
        )
        lines.sort(key=lambda line: line[0])
        return "".join(
            f'<p class="desk"><span class="label">'
            f"{escape(self._apart(full_moment_word(at, self._locale)))}</span> "
            f"{escape(self._apart(words))}</p>"
            for at, words in lines
        )

    def _date(self, value: str) -> str:
        day, _, clock = value.partition("T")
        date = QDate.fromString(day, "yyyy-MM-dd")
        if not date.isValid():
            return value
        shown = self._locale.toString(date, "d MMMM yyyy")
        return f"{shown}, {clock[:5]}" if clock else shown

    def _place(self, event: EventFacts) -> str:
        country = ""
        if event.country:
            territory = QLocale.codeToTerritory(event.country)
            country = QLocale.territoryToString(territory)
        return ", ".join(part for part in (event.venue, event.city, country) if part)

    def _people(self, event: EventFacts) -> str:
        if event.attendance is None:
            return ""
        number = self._locale.toString(event.attendance.number)
        words = {
            Qualifier.ABOUT: _tr("about %1"),
            Qualifier.MORE_THAN: _tr("more than %1"),
            Qualifier.EXACTLY: "%1",
        }[event.attendance.qualifier]
        return words.replace("%1", number)


_DECIDED = {
    Action.RETURN: "%1 returned it.",
    Action.APPROVE: "%1 approved it.",
    Action.PUBLISH: "%1 published it.",
    Action.SCHEDULE: "%1 scheduled it.",
    Action.SPIKE: "%1 spiked it.",
    Action.WITHDRAW: "%1 withdrew it.",
    Action.CORRECT: "%1 published a correction.",
}


def _p(kind: str, words: str) -> str:
    return f'<p class="{kind}">{escape(words)}</p>' if words else ""
