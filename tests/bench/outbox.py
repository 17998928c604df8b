"""Two hundred waiting reports with 1,000 photos: does the window stay awake while they go out?

Run it: ``python tests/bench/outbox.py [--reports 200] [--photos 5]``. A real server stands in a
process of its own; the whole app, its outbox in view, delivers everything to it by real HTTP. Told
are the longest time for which the UI thread did not come round (aim: 50 ms), not counting that it
was ready and another process had the CPU, which is told besides; the memory before and after (aim:
at most 15 % more); whether everything went in the order texts, previews, full sizes; and whether
anything was sent twice. Beside it, the same app with an empty outbox. Linux only.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
# A module here must not hide the standard library's own of the same name.
sys.path[:] = [str(TESTS), *(p for p in sys.path if Path(p or ".").resolve() != TESTS / "bench")]

import argparse  # noqa: E402 - after the path is mended
import gc  # noqa: E402
import os  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from reporterdesk.app import Desktop, make_application  # noqa: E402
from reporterdesk.domain.clock import utc_now  # noqa: E402
from reporterdesk.publishing.connector import Connector  # noqa: E402
from reporterdesk.publishing.reference import ReferenceSignIn  # noqa: E402
from reporterdesk.store.opening import open_store  # noqa: E402
from reporterdesk.store.thread import StoreThread  # noqa: E402
from reporterdesk.ui.controllers.account import Desk  # noqa: E402
from reporterdesk.ui.theme import Theme  # noqa: E402
from reporterdesk.vault import MemoryVault  # noqa: E402
from reporterdesk.wire.messages import SignInAnswer  # noqa: E402
from reporterdesk.workflow.signing_in import sign_in  # noqa: E402
from support.keystrokes import wait  # noqa: E402
from support.servers import PASSWORD, fill, running_server  # noqa: E402
from support.waiting_outbox import (  # noqa: E402
    FairBeat,
    Load,
    Stall,
    Wire,
    fill_outbox,
    out_of_order,
    preview_names,
    sent_twice,
)

REPORTER = "ana@example.org"
LONGEST_STALL, MOST_GROWTH = 0.05, 1.15
PATIENCE = 1_800.0


@dataclass
class Noting:
    """Signs in for real; every connection goes over a wire that notes what is sent."""

    real: ReferenceSignIn = field(default_factory=ReferenceSignIn)
    wires: list[Wire] = field(default_factory=list)

    def sign_in(self, server_url: str, email: str, password: str, device: str) -> SignInAnswer:
        """Sign in."""
        return self.real.sign_in(server_url, email, password, device)

    def connect(self, server_url: str, token: str) -> Connector:
        """Connect, over a new wire."""
        self.wires.append(Wire(self.real.connect(server_url, token)))
        return self.wires[-1]  # type: ignore[return-value]  # it passes everything on


def resident() -> float:
    """Return the process's resident memory in MiB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def settle(until: Callable[[], bool]) -> float:
    """Let the app live until something holds; return the seconds."""
    begun = time.perf_counter()
    wait(until, PATIENCE)
    return time.perf_counter() - begun


@dataclass
class Watched:
    """What was seen of one stretch of time."""

    seconds: float
    stalls: list[Stall]
    before: float
    after: float

    def longest(self, what: str) -> float:
        """Return the most seconds of one stall: ``seconds``, ``fair`` or ``own``."""
        return max((getattr(stall, what) for stall in self.stalls), default=0.0)


def watched(until: Callable[[], bool]) -> Watched:
    """Live until something holds, and watch the UI thread and the memory."""
    gc.collect()
    before = resident()
    beat = FairBeat()
    seconds = settle(until)
    stalls = beat.end()
    gc.collect()
    return Watched(seconds, stalls, before, resident())


def told(name: str, seen: Watched) -> None:
    """Print a line."""
    seconds, fair, own = (seen.longest(what) * 1000 for what in ("seconds", "fair", "own"))
    over = sum(stall.fair > LONGEST_STALL for stall in seen.stalls)
    print(
        f"{name:<22} {seen.seconds:6.1f} s   longest stall {fair:5.1f} ms (own work {own:4.1f} ms; "
        f"with the wait for a CPU {seconds:.0f} ms), over 50 ms: {over}   "
        f"memory {seen.before:.0f} → {seen.after:.0f} MiB",
        flush=True,
    )


def run(home: Path, server_url: str, load: Load) -> int:
    """Deliver everything, and tell what was seen; return how many aims were missed."""
    ids = fill_outbox(home, load, utc_now())
    previews = preview_names(home, ids)
    noting, vault = Noting(), MemoryVault()
    thread = StoreThread(lambda: open_store(home, clock=utc_now))
    sign_in(noting, vault, thread.run, server_url, REPORTER, PASSWORD, "laptop")
    thread.close()
    noting.wires.clear()

    application = make_application(sys.argv[:1])
    desktop = Desktop(home, Theme(application), desk=Desk(lambda: noting, lambda: vault))
    desktop.show()
    settle(lambda: desktop.ready)
    desktop.actions.action("go.outbox").trigger()
    settle(lambda: desktop.sending.model.rowCount() > 0)
    busy = watched(lambda: desktop.sending.model.rowCount() == 0 and desktop.outgoing.waiting == 0)
    end = time.perf_counter() + min(20.0, busy.seconds)
    idle = watched(lambda: time.perf_counter() > end)
    desktop.close()
    settle(lambda: True)
    told(f"{load.reports} reports delivered", busy)
    told("nothing to deliver", idle)
    sent = [one for wire in noting.wires for one in wire.sent]
    payload = sum(one.size for one in sent)
    disorder, twice = out_of_order(sent, ids, previews), sent_twice(sent)
    print(
        f"photo bytes sent: {payload:,} of {load.bytes:,}; out of order: {len(disorder)}; ", end=""
    )
    print(f"sent twice: {len(twice)}; texts: {sum(one.what == 'text' for one in sent)}")
    for line in (disorder + twice)[:10]:
        print(f"   {line}")
    print(f"aims: a stall of at most {LONGEST_STALL * 1000:.0f} ms, nothing out of order or twice")
    grown = max(busy.after, idle.after) > busy.before * MOST_GROWTH
    return sum((busy.longest("fair") > LONGEST_STALL, grown, bool(disorder), bool(twice)))


def main() -> int:
    """Run it in folders of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--photos", type=int, default=5)
    arguments = parser.parse_args()
    load = Load(arguments.reports, arguments.photos)
    with tempfile.TemporaryDirectory() as folder:
        data, home = Path(folder, "server"), Path(folder, "home")
        home.mkdir()
        fill(data)
        with running_server(data) as server:
            return run(home, server.url, load)


if __name__ == "__main__":
    raise SystemExit(main())
