"""What waits until a key has been painted."""

from __future__ import annotations

AFTER_PAINT_MS = 8
"""So long after a change, what need not be in the same picture is done.

Qt paints as soon as it has handled the events that wait. A timer of zero would do on Linux; on
Windows it is one more event in the row, before the paint, and macOS paints with the screen.
"""
