"""Small values by key: what the app remembers, and who is signed in."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reporterdesk.domain.people import Account
from reporterdesk.store.database import Database
from reporterdesk.store.desk_json import account_from_json, account_to_json
from reporterdesk.store.tables import state


class State:
    """What the app remembers from one start to the next; the keys are its own."""

    def __init__(self, database: Database, prefix: str = "app.") -> None:
        self._db = database
        self._prefix = prefix

    def get(self, key: str) -> str | None:
        """Return the value, or ``None``."""
        found: str | None = self._db.value(
            select(state.c.value).where(state.c.key == self._prefix + key)
        )
        return found

    def set(self, key: str, value: str | None) -> None:
        """Remember ``value``; ``None`` forgets the key."""
        name = self._prefix + key
        if value is None:
            self._db.execute(delete(state).where(state.c.key == name))
            return
        written = insert(state).values(key=name, value=value)
        self._db.execute(
            written.on_conflict_do_update(index_elements=[state.c.key], set_={"value": value})
        )


class KeptAccount:
    """Who is signed in; the token is in the keyring alone."""

    def __init__(self, database: Database) -> None:
        self._state = State(database, "account.")

    def get(self) -> Account | None:
        """Return who is signed in."""
        found = self._state.get("account")
        return None if found is None else account_from_json(found)

    def set(self, account: Account) -> None:
        """Remember who is signed in."""
        self._state.set("account", account_to_json(account))

    def clear(self) -> None:
        """Forget it; drafts stay."""
        self._state.set("account", None)
