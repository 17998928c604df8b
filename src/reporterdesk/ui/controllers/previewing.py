"""The preview's action, and what it remembers: on a phone, or as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.ui.actions import Actions
from reporterdesk.ui.background import Background
from reporterdesk.ui.photo_images import PhotoImages
from reporterdesk.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from reporterdesk.store.store import Store
    from reporterdesk.ui.page.style import Screen
    from reporterdesk.ui.preview.room import PreviewRoom

_SCREEN = "preview.screen"


class Preview(QObject):
    """Shows and hides the preview; its room is built at the first wish. Lives on the UI thread."""

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        images: PhotoImages,
        background: Background,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(window)
        self._window, self._images, self._background = window, images, background
        self._clock = clock
        self._action = actions.action("report.preview")
        self._room: PreviewRoom | None = None
        actions.bind("report.preview", self.toggle)
        actions.bind("go.report", self._uncover)

    @property
    def room(self) -> PreviewRoom | None:
        """The preview, once it has been asked for."""
        return self._room

    @Slot()
    def toggle(self) -> None:
        """Show the preview where the action is checked, else the text alone."""
        if self._action.isChecked() or self._room is not None:
            self._make_room().show(on=self._action.isChecked())

    @Slot()
    def close(self) -> None:
        """Show the text alone."""
        self._action.setChecked(False)
        self.toggle()

    @Slot()
    def _uncover(self) -> None:
        """Make way where the preview stands in the place of the text."""
        if self._room is not None and self._room.beside.covers:
            self.close()

    def _make_room(self) -> PreviewRoom:
        if self._room is None:
            from reporterdesk.ui.preview.room import PreviewRoom

            names = self._window.list.delegate
            room = self._room = PreviewRoom(
                self._window.pane,
                self._images,
                self._background.in_pool,
                lambda: names.section_names,
                clock=self._clock,
            )
            room.left.connect(self.close)
            room.panel.screen_chosen.connect(self._keep)
            self._background.in_store(_read, self._show_as)
        return self._room

    @Slot(object)
    def _keep(self, screen: Screen) -> None:
        self._background.in_store(_Keep(screen.value), _nothing)

    def _show_as(self, name: str | None) -> None:
        from reporterdesk.ui.page.style import Screen

        if self._room is not None and name in set(Screen):
            self._room.panel.show_as(Screen(name))


def _read(store: Store) -> str | None:
    return store.state.get(_SCREEN)


@dataclass(frozen=True, slots=True)
class _Keep:
    screen: str

    def __call__(self, store: Store) -> None:
        with store.transaction():
            store.state.set(_SCREEN, self.screen)


def _nothing(_result: object) -> None:
    """Take a result that nobody needs."""
