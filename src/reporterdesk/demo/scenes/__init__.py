"""Every scene that a sample photo can show, by name."""

from __future__ import annotations

from collections.abc import Callable

from reporterdesk.demo.painting import Canvas
from reporterdesk.demo.scenes import halls, land, rooms, shelves, sky, town

SCENES: dict[str, Callable[[Canvas], None]] = {
    "bookshelves": shelves.bookshelves,
    "choir": halls.choir,
    "classroom": halls.classroom,
    "ferry": sky.ferry,
    "hall": halls.hall,
    "market": town.market,
    "meadow": land.meadow,
    "mountains": land.mountains,
    "museum": rooms.museum,
    "night_sky": sky.night_sky,
    "rally": town.rally,
    "river": land.river,
    "seeds": shelves.seeds,
    "skyline": town.skyline,
    "workshop": rooms.workshop,
}
