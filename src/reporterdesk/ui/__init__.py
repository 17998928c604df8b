"""Everything with Qt in it."""
