"""A laptop whose app may be killed before and after anything that it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from reporterdesk.domain.errors import StoreError
from reporterdesk.domain.people import Account
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from reporterdesk.wire.convert import person_of
from support.clocks import HandClock
from support.full_disk import no_more_pages
from support.laptop import Laptop
from support.mortal_desk import URL, MortalDesk

T = TypeVar("T")


class Killed(BaseException):
    """The process ends at this very instruction."""


class MortalLaptop(Laptop):
    """Somebody's laptop at a :class:`MortalDesk`.

    :ivar wire: its way to the desk.
    :ivar met: how often it was killed or had no room.
    """

    def __init__(self, home: Path, desk: MortalDesk, email: str) -> None:
        self._home = home
        self._desk = desk
        self._email = email
        self.wire = desk.lay_wire()
        self._calls_left: int | None = None
        self._full = False
        self.met: Counter[str] = Counter()
        clock = HandClock()
        connector = desk.sign_in(email, self.wire)
        super().__init__(open_store(home, clock=clock), connector, clock)
        self.store.account.set(Account(URL, person_of(connector.me().person)))

    @classmethod
    @contextmanager
    def at(cls, home: Path, desk: MortalDesk, email: str) -> Iterator[MortalLaptop]:
        """Open a laptop for the length of a ``with``."""
        made = cls(home, desk, email)
        try:
            yield made
        finally:
            made.store.close()

    def die_at(self, call: int) -> None:
        """End the process before or after the store's ``call``-th transaction from now on."""
        self._calls_left = call

    def no_room(self) -> None:
        """Let the disk be full while the engine works the next time."""
        self._full = True

    def sign_in(self) -> None:
        """Sign in again, as the person does when asked to."""
        self.connector = self._desk.sign_in(self._email, self.wire)
        self.engine.network_changed()

    def lose_token(self) -> None:
        """Let the desk's server know this person's tokens no more."""
        self._desk.revoke_tokens(self._email)

    def heal(self) -> None:
        """From now on nothing goes wrong here."""
        self._calls_left, self._full = None, False

    def run(self, function: Callable[[Store], T]) -> T:
        """Run a function of the store, unless the process ends before or after it."""
        self._count()
        result = function(self.store)
        self._count()
        return result

    def survive(self, work: Callable[[], object]) -> None:
        """Let the engine work; where the process ends, start it again."""
        full, self._full = self._full, False
        try:
            if full:
                with no_more_pages(self.store._drafts):
                    work()
            else:
                work()
        except Killed:
            self.met["laptop killed"] += 1
            self.restart()
        except StoreError:
            self.met["laptop full"] += 1

    def restart(self) -> None:
        """Lose everything that was not committed."""
        self.store.close()
        self.store = open_store(self._home, clock=self.clock)
        super().restart()

    def _count(self) -> None:
        if self._calls_left is None:
            return
        self._calls_left -= 1
        if self._calls_left <= 0:
            self._calls_left = None
            raise Killed
