"""The links to rehearse with, and where their figures are from.

Only the last mile is modelled, in bytes of the application: no packets, no lost ones (TCP makes
delay and jitter of them), no slow start, which at these rates and distances is over at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which way bytes go."""

    UP = "up"
    """From the app to the server."""
    DOWN = "down"
    """From the server to the app."""


class How(StrEnum):
    """How a connection ends that is cut."""

    RESET = "reset"
    """Both ends hear of it at once (TCP RST), and what was not read yet may be lost."""
    CLOSE = "close"
    """Both ends read an end of what was said (TCP FIN), after all that was passed on."""
    HALF = "half"
    """Only the way that was cut ends; the other goes on."""


class Kind(StrEnum):
    """What goes wrong for a while."""

    STALL = "stall"
    """No byte passes. Connections live on and go on afterwards, as through a short tunnel."""
    HOLE = "hole"
    """Connections are taken and nothing is ever said; those that were there stay dumb for good,
    as when the network has forgotten them."""
    DOWN = "down"
    """Connections are cut, and new ones refused."""


@dataclass(frozen=True, slots=True)
class Way:
    """One direction: bytes in a second (``None``: as fast as they come), and seconds of delay.

    The delay is that of one way; up to ``jitter`` seconds come on top, by chance.
    """

    rate: int | None = None
    delay: float = 0.0
    jitter: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What comes again and again: from and to how many seconds apart, and how long it lasts."""

    kind: Kind
    apart: tuple[float, float]
    lasts: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """Connections are cut when ``after`` bytes have gone one way since this was asked for.

    All connections count together, and all are cut but for :attr:`How.HALF`. With ``again`` it
    is done anew after each ``after`` bytes; otherwise once.
    """

    side: Side
    after: int
    how: How = How.RESET
    again: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of link. ``title`` and ``words`` are for people.

    :ivar login_page: until somebody has logged in, every request is answered with a web page.
    """

    name: str
    title: str
    words: str
    up: Way = Way()
    down: Way = Way()
    troubles: tuple[Trouble, ...] = ()
    cut: Cut | None = None
    login_page: bool = False

    @property
    def round_trip(self) -> float:
        """Seconds there and back, without jitter."""
        return self.up.delay + self.down.delay


def kbit(number: float) -> int:
    """Return bytes a second for kilobits (of 1,000 bits) a second."""
    return int(number * 1000 / 8)


CLEAR = Profile("clear", "A clear line", "Passes everything on, and counts.")

_EDGE = Profile(
    # WebPageTest's “Mobile EDGE”: 240 kbit/s down, 200 up, 840 ms round trip.
    "edge",
    "EDGE, in the country",
    "200 kbit/s up, 240 down, 0.8 s there and back. Slow, but it holds.",
    Way(kbit(200), 0.42, 0.06),
    Way(kbit(240), 0.42, 0.06),
)
_2G = Profile(
    # The Network Information API's “2g”: 70 kbit/s down at most, 1,400 ms round trip at least. Up
    # by GPRS multislot class 10: two slots of about 16 kbit/s.
    "2g",
    "2G, at the edge of reception",
    "32 kbit/s up, 70 down, 1.4 s there and back; now and then nothing for some seconds.",
    Way(kbit(32), 0.7, 0.2),
    Way(kbit(70), 0.7, 0.2),
    (Trouble(Kind.STALL, (40, 120), (4, 12)),),
)
_CAFE = Profile(
    # A shared DSL line (WebPageTest's “DSL”: 1.5 Mbit/s down, 384 kbit/s up, 50 ms), a third of
    # it for one guest, behind a crowded access point that now and then forgets its guests.
    "cafe",
    "Café Wi-Fi, crowded",
    "128 kbit/s up, 500 down, 0.1 s there and back or three times that; connections go dumb.",
    Way(kbit(128), 0.05, 0.1),
    Way(kbit(500), 0.05, 0.1),
    (
        Trouble(Kind.STALL, (15, 60), (1, 5)),
        Trouble(Kind.HOLE, (60, 180), (2, 4)),
    ),
)
_TRAIN = Profile(
    # WebPageTest's “Mobile 3G”: 1.6 Mbit/s down, 768 kbit/s up, 300 ms; and tunnels.
    "train",
    "On a train, with tunnels",
    "768 kbit/s up, 1,600 down, 0.3 s there and back, and a tunnel every minute or two.",
    Way(kbit(768), 0.15, 0.15),
    Way(kbit(1600), 0.15, 0.15),
    (
        Trouble(Kind.STALL, (45, 120), (5, 25)),
        Trouble(Kind.DOWN, (90, 240), (5, 20)),
    ),
)
_BASEMENT = Profile(
    # A phone's hotspot in a basement: 64 kbit/s with a second of delay, dropping every minute.
    "basement",
    "A basement, by a phone’s hotspot",
    "64 kbit/s up, 128 down, a second there and back, and it drops every minute.",
    Way(kbit(64), 0.5, 0.1),
    Way(kbit(128), 0.5, 0.1),
    (Trouble(Kind.DOWN, (45, 75), (3, 8)),),
)
_PORTAL = Profile(
    "portal",
    "A hotel’s Wi-Fi that wants you to log in",
    "Answers everything with its login page until you have logged in there.",
    Way(kbit(384), 0.04, 0.04),
    Way(kbit(1500), 0.04, 0.04),
    login_page=True,
)

PROFILES: dict[str, Profile] = {
    profile.name: profile for profile in (_EDGE, _2G, _CAFE, _TRAIN, _BASEMENT, _PORTAL)
}
"""The links a person can choose, by name."""


def profile_named(name: str) -> Profile:
    """Return the profile called ``name``; also ``clear``.

    :raises KeyError: there is none.
    """
    return CLEAR if name == CLEAR.name else PROFILES[name]
