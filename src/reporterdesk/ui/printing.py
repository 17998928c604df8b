"""Printing on paper. Nothing is written into a file that anybody chose or could find later."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_on_paper(document: QTextDocument, name: str, parent: QWidget) -> None:
    """Ask for a printer and print ``document``; printing into a file is not offered.

    :param name: what the printer's queue shows, which must say nothing of the content.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    dialog.accepted.connect(lambda: document.print_(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()  # type: ignore[call-arg]  # the stubs know the overload with a receiver only
