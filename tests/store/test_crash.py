"""Killed at any moment: what was acknowledged is there, and the store is whole."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.places import Place
from reporterdesk.domain.status import Status
from reporterdesk.store.first_screen import read_first_screen
from reporterdesk.store.opening import open_store
from reporterdesk.store.store import Store
from support.saving_process import REPORT_ID, sequence

KILLS = 12
TESTS = Path(__file__).resolve().parents[1]


@contextmanager
def saving(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the process that saves without end; kill it on leaving."""
    command = [sys.executable, "-m", "support.saving_process", str(home)]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], wanted: int, pause: float) -> int:
    """Read ``wanted`` acknowledgements, kill a chosen moment later, and return the last one."""
    assert process.stdout is not None
    last = 0
    for _ in range(wanted):
        last = int(process.stdout.readline())
    # Not to wait for anything: the moment of the kill is what varies.
    threading.Event().wait(pause)
    process.kill()
    return max([last, *(int(line) for line in process.stdout if line.endswith("\n"))])


def assert_whole(store: Store) -> None:
    """Both files are sound, and nothing in them refers to what is not there."""
    store.check()
    for name in store.photo_names():
        assert hashlib.sha256(store.photos.read(name)).hexdigest() == name
    delivery = store.outbox.get(REPORT_ID)
    filed = store.reports.get(REPORT_ID).status is Status.OUTBOX
    assert filed == (delivery is not None)
    if delivery is not None:
        assert store.revisions.get(delivery.revision_id).report_id == REPORT_ID


def test_kills_while_saving(home: Path) -> None:
    chance = random.Random()
    for _ in range(KILLS):
        with saving(home) as process:
            last = acknowledged(process, chance.randint(1, 12), chance.uniform(0, 0.02))
        first = read_first_screen(home)
        assert sum(first.counts.values()) == 1
        store = open_store(home, clock=utc_now)
        try:
            assert sequence(store.reports.get(REPORT_ID).content.body) >= last
            store.sweep_photos()
            assert_whole(store)
        finally:
            store.close()


def test_kills_while_the_store_is_made(tmp_path: Path) -> None:
    chance = random.Random()
    for number in range(3):
        home = tmp_path / str(number)
        with saving(home) as process:
            while not (home / "drafts.db").exists():
                assert process.poll() is None
                threading.Event().wait(0.001)
            threading.Event().wait(chance.uniform(0, 0.02))
        read_first_screen(home)
        store = open_store(home, clock=utc_now)
        try:
            store.check()
            assert store.reports.counts()[Place.DRAFTS] <= 1
        finally:
            store.close()
