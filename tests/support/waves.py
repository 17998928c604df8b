"""What is marked as misspelled on the screen."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat

from reporterdesk.ui.editor.body_editor import BodyEditor
from support.writing import all_blocks

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


def drawn(editor: BodyEditor) -> list[str]:
    """Return what has a wave under it, as the layout draws it."""
    found = []
    for block in all_blocks(editor):
        text = block.text().encode("utf-16-le")
        waves: list[list[int]] = []
        for stretch in sorted(block.layout().formats(), key=lambda one: one.start):
            if stretch.format.underlineStyle() == WAVE:
                if waves and waves[-1][1] == stretch.start:
                    waves[-1][1] += stretch.length
                else:
                    waves.append([stretch.start, stretch.start + stretch.length])
        found += [text[2 * a : 2 * b].decode("utf-16-le") for a, b in waves]
    return found
