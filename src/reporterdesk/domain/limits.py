"""How long a report's texts may be, in characters: the same at the desk and on the laptop."""

from __future__ import annotations

HEADLINE = 10_000
STANDFIRST = 10_000
BYLINE = 1_000
BODY = 2_000_000
NOTE_TO_DESK = 10_000
EVENT_FACT = 1_000
CAPTION = 5_000
CREDIT = 1_000
ALT_TEXT = 5_000
PHOTOS = 500
"""Photos of one report."""
