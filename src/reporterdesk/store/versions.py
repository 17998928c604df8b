"""How a file says what it is: SQLite's application id, and the version of its tables.

The next version of the tables comes with a migration, run once and before anything else is read.
"""

from __future__ import annotations

DRAFTS_ID = 0x52446B44
"""``RDkD``: the header field ``application_id`` of drafts.db."""
PHOTOS_ID = 0x52446B50
"""``RDkP``: the same of photos.db."""

DRAFTS_VERSION = 3
"""``PRAGMA user_version`` of drafts.db."""
PHOTOS_VERSION = 1
"""``PRAGMA user_version`` of photos.db."""
