"""What leaves the app by the clipboard asks not to be kept in a history, nor sent to a cloud.

On macOS that would be the type ``org.nspasteboard.ConcealedType`` (http://nspasteboard.org), which
PySide cannot set: Qt gives types that it does not know names of its own there.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QClipboard

KDE_HINT = "x-kde-passwordManagerHint"
"""Klipper, and others after it: with the value ``secret`` they keep nothing
(https://invent.kde.org/plasma/plasma-workspace, klipper/historymodel)."""
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
"""How Qt names a Windows format of its own
(https://doc.qt.io/qt-6/qwindowsmimeconverter.html)."""
_WINDOWS_HINTS = (
    # https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats, "Cloud Clipboard and
    # Clipboard History Formats"; a DWORD of 0 says no.
    ("ExcludeClipboardContentFromMonitorProcessing", b"\x01\x00\x00\x00"),
    ("CanIncludeInClipboardHistory", b"\x00\x00\x00\x00"),
    ("CanUploadToCloudClipboard", b"\x00\x00\x00\x00"),
)
_MARK = "application/x-reporterdesk-private"


def keep_private(data: QMimeData) -> QMimeData:
    """Add to ``data`` what asks the system to forget it; return it."""
    data.setData(KDE_HINT, b"secret")
    data.setData(_MARK, b"1")
    if sys.platform == "win32":
        for name, value in _WINDOWS_HINTS:
            data.setData(_WINDOWS.format(name), value)
    return data


class ClipboardGuard(QObject):
    """Looks after what the app itself puts on the clipboard. Lives on the UI thread, once.

    One-line fields copy by themselves, without asking anybody: what they copied is put there once
    more, with what :func:`keep_private` adds.
    """

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        clipboard.dataChanged.connect(self._changed)

    @Slot()
    def _changed(self) -> None:
        data = self._clipboard.mimeData()
        if data is None or data.hasFormat(_MARK) or not data.hasText():
            return
        if not self._owns(QClipboard.Mode.Clipboard):
            return
        copied = QMimeData()
        copied.setText(data.text())
        if data.hasHtml():
            copied.setHtml(data.html())
        self._clipboard.setMimeData(keep_private(copied))

    def empty(self) -> None:
        """Take away what is still there of ours; what others copied since stays."""
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if mode is QClipboard.Mode.Selection and not self._clipboard.supportsSelection():
                continue
            data = self._clipboard.mimeData(mode)
            if (data is not None and data.hasFormat(_MARK)) or self._owns(mode):
                self._clipboard.clear(mode)

    def _owns(self, mode: QClipboard.Mode) -> bool:
        """Return whether it was this app that put it there; some platforms never say so."""
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()
