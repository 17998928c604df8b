"""Gives the report that is open another text, through its own editor."""

from __future__ import annotations

from dataclasses import replace

from reporterdesk.domain.report import ReportContent
from reporterdesk.text.parse import parse
from reporterdesk.ui.controllers.restoring import draft_in
from reporterdesk.ui.editor.rewriting import rewrite
from reporterdesk.ui.widgets.report_pane import ReportPane
from reporterdesk.workflow.drafting import clean_content


def shown_content(pane: ReportPane) -> ReportContent:
    """Return what ``pane`` shows, as it is saved."""
    return clean_content(pane.content())


def swap_shown(pane: ReportPane, before: ReportContent, after: ReportContent) -> bool:
    """Bring the open report from ``before`` to ``after``; its text as one step to undo.

    :returns: whether it could be done: the report can be written on and has the text ``before``.
    """
    report_id = pane.report_id
    if report_id is None or not pane.editable or shown_content(pane) != before:
        return False
    fields = draft_in(pane).content
    wanted = replace(after, body=fields.body)
    if wanted != fields:
        pane.form.put_fields(report_id, wanted)
    rewrite(pane.text.body.text_document, parse(after.body))
    return True
