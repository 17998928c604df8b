"""Killed at any moment: the store opens, is whole, and holds every key older than a second.

Real processes type and attach photos at random, file and take back, on encrypted profiles, and are
killed with ``SIGKILL`` at random moments; each goes on where the one before was killed, so that
damage would add up. The long run: ``REPORTERDESK_CRASHES=2000 pytest tests/store/test_crash.py -s``
prints the worst loss, too.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.errors import ReportNotFound
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.killing import (
    Moment,
    Round,
    SavingProcess,
    Witness,
    Written,
    any_moment,
    letters,
    watched,
)
from support.photo_uses import sweep_photos
from support.whole_store import assert_whole

CRASHES = int(os.environ.get("REPORTERDESK_CRASHES", "300"))
AT_ONCE = 4
"""Profiles on which somebody types at the same time."""
ON_ONE_PROFILE = 25
"""Kills before a new profile is begun."""
SECOND = 1.0


@dataclass
class Kept:
    """What a profile held after the last kill, and how long before a kill the oldest lost key
    was pressed, for each kill."""

    reports: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    losses: list[float] = field(default_factory=list)


@contextmanager
def opened(home: Path, key: StoreKey) -> Iterator[Store]:
    """Open the store after a kill."""
    with closing(open_store(home, clock=utc_now, key=key)) as store:
        yield store


def content_of(store: Store, report_id: str) -> tuple[str, tuple[str, ...]]:
    """Return the letters of a report's body and the ids of its photos, if it is there."""
    try:
        content = store.reports.get(report_id).content
    except ReportNotFound:
        return "", ()
    return letters(content.body), tuple(photo.id for photo in content.photos)


def assert_kept(store: Store, round_: Round, kept: Kept, stalled: float) -> None:
    """Nothing is missing that is older than a second, and no other report was touched."""
    before = round_.killed_at - SECOND - stalled
    for report_id, written in round_.reports.items():
        body, photos = content_of(store, report_id)
        if report_id in kept.reports:  # what the window showed is what the store had
            assert (written.before, written.photos_before) == kept.reports[report_id]
        assert written.whole().startswith(body)
        lost = written.times[max(0, len(body) - len(written.before)) :]
        if lost:
            kept.losses.append(round_.killed_at - lost[0])
        wanted = written.older_than(before)
        assert body.startswith(wanted), (
            f"{len(wanted) - len(body)} keys are missing, the first of them pressed"
            f" {round_.killed_at - lost[0]:.2f} s before the kill, the last"
            f" {round_.killed_at - written.times[-1]:.2f} s; the machine stood still for"
            f" {stalled:.2f} s, the typist for {written.longest_pause():.2f} s"
        )
        assert_photos_kept(written, photos, before)
        kept.reports[report_id] = (body, photos)
    for report_id, held in kept.reports.items():
        assert content_of(store, report_id) == held


def assert_photos_kept(written: Written, photos: tuple[str, ...], before: float) -> None:
    """Of the photos put into the report, those older than a second are in it, or gave way."""
    added = [*written.photos_before, *(photo for photo, _ in written.photos)]
    sure = len(written.photos_before) + sum(at <= before for _, at in written.photos)
    states = [tuple(added[:count][-3:]) for count in range(sure, len(added) + 1)]
    assert photos in states, f"{photos} is none of {states}"


def type_and_kill(folder: Path, kills: int, seed: int, witness: Witness) -> list[float]:
    """Kill so often, on one profile after another; return the losses."""
    chance = random.Random(seed)
    losses: list[float] = []
    with closing(SavingProcess()) as process:
        for number, begun in enumerate(range(0, kills, ON_ONE_PROFILE)):
            home, key, kept = folder / str(number), StoreKey.new(), Kept()
            for _ in range(min(ON_ONE_PROFILE, kills - begun)):
                round_ = process.live_and_die(home, key, chance, any_moment(chance))
                first = min([at for one in round_.reports.values() for at in one.times], default=0)
                stalled = witness.longest(first, round_.killed_at)
                with opened(home, key) as store:
                    assert_kept(store, round_, kept, stalled)
                    sweep_photos(store)
                    assert_whole(store, encrypted=True)
            losses += kept.losses
    return losses


@pytest.mark.timeout(60 + CRASHES)
def test_kills_at_random_moments(tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    shares = [len(range(number, CRASHES, AT_ONCE)) for number in range(AT_ONCE)]
    with watched(tmp_path) as witness, ThreadPoolExecutor(AT_ONCE) as typists:
        ended = [
            typists.submit(
                type_and_kill, tmp_path / f"typist {number}", kills, seed + number, witness
            )
            for number, kills in enumerate(shares)
        ]
        losses = sorted(loss for each in ended for loss in each.result())
    print(
        f"\n{CRASHES} kills, seed {seed}: keys were lost at {len(losses)} of them; the oldest was"
    )
    print(
        f"pressed {losses[-1]:.3f} s before its kill, at the median {losses[len(losses) // 2]:.3f}"
    )


def test_kills_while_the_store_is_made(tmp_path: Path) -> None:
    chance = random.Random()
    with watched(tmp_path) as witness, closing(SavingProcess()) as process:
        for number in range(20):
            home, key = tmp_path / str(number), StoreKey.new()
            moment = Moment(chance.uniform(0.0, 0.06))
            round_ = process.live_and_die(home, key, chance, moment)
            with opened(home, key) as store:
                assert_kept(store, round_, Kept(), witness.longest(0, round_.killed_at))
                assert_whole(store, encrypted=True)
