"""The demo's laptops on one screen: one window at a time, and a menu to switch the person."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication

from reporterdesk.app import Desktop, quit_on_signals
from reporterdesk.demo.filling import Newsroom
from reporterdesk.demo.newsroom import SamplePerson, sample_people
from reporterdesk.demo.servers import ServerProcess
from reporterdesk.domain.people import Account, Role
from reporterdesk.publishing.reference import ReferenceSignIn
from reporterdesk.publishing.route import Route
from reporterdesk.ui.controllers.account import Desk
from reporterdesk.ui.controllers.rehearsing import OFF
from reporterdesk.ui.theme import Theme


class Stage(QObject):
    """Opens one person's laptop after another. Lives on the UI thread."""

    def __init__(
        self, application: QApplication, newsroom: Newsroom, server: ServerProcess
    ) -> None:
        super().__init__(application)
        self._application = application
        self.newsroom = newsroom
        self.server = server
        self.theme = Theme(application)
        self.link = OFF
        """The link that every laptop is to rehearse from its start."""
        self._desktop: Desktop | None = None
        self._switching = False

    def play(self) -> int:
        """Run the demo as a person uses it; return the exit code."""
        self._application.setQuitOnLastWindowClosed(False)
        self.server.start()
        print(f"The public site is at {self.server.url}", flush=True)
        try:
            self.open(sample_people()[0])
            quit_on_signals(self.end)
            return self._application.exec()
        finally:
            self.server.stop()

    def open(self, person: SamplePerson) -> Desktop:
        """Open this person's laptop, closing the one that is open."""
        self.put_away()
        route = Route()
        desk = Desk(lambda: ReferenceSignIn(route=route), lambda: self.newsroom.vault, route)
        desktop = Desktop(self.newsroom.laptop(person), self.theme, desk=desk)
        desktop.closed.connect(self._window_closed)
        self._add_menu(desktop, person)
        if self.link != OFF:
            desktop.account.changed.connect(_Rehearse(self.link, desktop))
        self._desktop = desktop
        desktop.show()
        return desktop

    def put_away(self) -> None:
        """Close the laptop that is open, as its owner would; everything is saved."""
        if self._desktop is not None:
            self._switching = True
            self._desktop.close()
            self._switching = False
            self._desktop = None

    @Slot()
    def end(self) -> None:
        """Close what is open, and leave."""
        self.put_away()
        self._application.quit()

    @Slot()
    def _window_closed(self) -> None:
        if not self._switching:
            self._application.quit()

    def _add_menu(self, desktop: Desktop, current: SamplePerson) -> None:
        menu = desktop.window.menuBar().addMenu(self.tr("De&mo"))
        group = QActionGroup(menu)
        for person in sample_people():
            role = self.tr("editor") if _is_editor(person) else self.tr("reporter")
            action = QAction(f"{person.name} ({role})", menu, checkable=True)
            action.setChecked(person is current)
            action.triggered.connect(_Switch(self, person))
            group.addAction(action)
            menu.addAction(action)


class _Rehearse:
    """Begins to rehearse a link, once somebody is signed in; a slot."""

    def __init__(self, link: str, desktop: Desktop) -> None:
        self._link, self._desktop = link, desktop

    def __call__(self, account: Account | None) -> None:
        if account is None:
            return
        link, self._link = self._link, OFF
        if link != OFF:
            rehearsing = self._desktop.networks.rehearsing
            rehearsing.set_account(account)
            rehearsing.choose(link)


class _Switch:
    """Switches to one person; an action's slot."""

    def __init__(self, stage: Stage, person: SamplePerson) -> None:
        self._stage, self._person = stage, person

    def __call__(self) -> None:
        # The menu that was clicked goes away with its window: let the click end first.
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        self._stage.open(self._person)


def _is_editor(person: SamplePerson) -> bool:
    return all(role.role is Role.EDITOR for role in person.roles)
