"""Words for those who hear the window: said by the screen reader, shown nowhere."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, at_once: bool = False) -> None:
    """Let a screen reader say ``words``; where there is none, nothing happens. On the UI thread.

    :param widget: what they are about; it must be shown.
    :param at_once: whether to break off what is being said.
    """
    event = QAccessibleAnnouncementEvent(widget, words)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
