"""Starts the app on ``$REPORTERDESK_HOME`` and prints what is imported at its first paint.

``python -m support.first_modules``: one line of JSON, with what the screen shows by then.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer

from reporterdesk import paths
from reporterdesk.app.shell import Shell
from reporterdesk.app.starting import make_application
from reporterdesk.ui.theme import Theme


class Teller(QObject):
    """Tells after the first paint of the text, and leaves."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        assert shell.desktop is not None, "the door stands"
        desktop = self._desktop = shell.desktop
        desktop.window.pane.text.body.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look for the paint."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        window = self._desktop.window
        told = {
            "modules": sorted(sys.modules),
            "rows": window.list.rows.model().rowCount(),
            "headline": window.pane.text.head.headline.words(),
            "body": window.pane.text.body.toPlainText(),
            "caret": window.pane.text.body.caret_position(),
            "in the text": window.pane.text.body.hasFocus(),
        }
        print(json.dumps(told), flush=True)
        os._exit(0)  # what comes after the first screen is not looked at here


def main() -> None:
    """Show the app with the profile in ``$REPORTERDESK_HOME``."""
    application = make_application(sys.argv[:1])
    shell = Shell(paths.home(), Theme(application))
    shell.begin()
    Teller(shell)
    application.exec()


if __name__ == "__main__":
    main()
