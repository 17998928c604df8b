"""Searches in a store, as a test asks them."""

from __future__ import annotations

from typing import Any

from reporterdesk.domain.places import Place
from reporterdesk.domain.searching import Filters, Search
from reporterdesk.store.listing import Page
from reporterdesk.store.store import Store


def search_page(
    store: Store, words: str, filters: Filters | None = None, *, limit: int = 200, **more: Any
) -> Page:
    """Return a page of what is found, everywhere but in the trash without ``filters``."""
    after = more.pop("after", None)
    page = store.finder.page(Search(words, filters or Filters(), **more), after=after, limit=limit)
    assert page is not None
    return page


def found_ids(store: Store, words: str, place: Place | None = None) -> list[str]:
    """Return the ids of the reports that are found, the newest change first."""
    return [row.id for row in search_page(store, words, Filters(place)).rows]
