"""A clock for the pauses between keys."""

from __future__ import annotations

from reporterdesk.ui.editor.body_editor import BodyEditor


class WritingClock:
    """Stands still until it is told to go on."""

    def __init__(self, editor: BodyEditor) -> None:
        self._now = 100.0
        editor.typing_steps.now = self

    def __call__(self) -> float:
        """Return the seconds."""
        return self._now

    def pause(self, seconds: float) -> None:
        """Let ``seconds`` go by."""
        self._now += seconds
