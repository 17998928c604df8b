"""When what lies in the trash is deleted for good: the one rule, and what a wrong clock does to it.

A report stays in the trash for 30 days at the least. The laptop's clock alone must not decide that:
set forward by a year, if only for a minute, it would empty the trash at once, and there is nobody
to ask for the true time in a hall without a connection. So the app notes the time when it looks,
at each start and whenever something is thrown away, and only what passes between two looks counts:

- It went on by up to eight days: so much time has passed. People who start the app once a week lose
  nothing by it.
- It leapt further: that is a long absence, or a mistake. One day counts, and no more.
- It went back by less than a day: nothing has passed, and nothing counts before the noted time is
  reached again. That is a clock that was corrected, or two systems with two ideas of the time zone.
- It went back further: it was wrong before, or is now. Nothing has passed; from here it counts on.

What does not count is taken out by moving the moments at which things were thrown away by as much.
So each of them stays what it says on the screen: deleted for good so many days later. The day that
a leap counts for is added on top, so that a mistake with the clock takes nothing from the 30 days.
"""

from __future__ import annotations

from datetime import datetime, timedelta

KEPT = timedelta(days=30)
"""How long everything stays in the trash at the least."""

LEAP_COUNTS = timedelta(days=1)
_LONGEST_PAUSE = timedelta(days=8)
_CORRECTED = timedelta(days=1)


def deleted_from(trashed_at: datetime) -> datetime:
    """Return from when on a report may be deleted that was thrown away at ``trashed_at``."""
    return trashed_at + KEPT + LEAP_COUNTS


def looked_at(noted: datetime, now: datetime) -> tuple[datetime, timedelta]:
    """Return the time to note now, and by how much what was thrown away is moved with it.

    :param noted: the time that was noted last.
    :param now: what the clock says.
    """
    passed = now - noted
    if passed > _LONGEST_PAUSE:
        return now, passed - LEAP_COUNTS
    if passed >= timedelta():
        return now, timedelta()
    if passed > -_CORRECTED:
        return noted, timedelta()
    return now, passed
