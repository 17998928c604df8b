"""Filing over a bad link: seconds to the text's receipt and bytes in all, beside two usual ways.

Run it: ``python tests/bench/link.py [--pixels 1600] [--idle-minutes 3] [--only ours …]``. One
report of 900 words with six photos goes through the app's own bad link, at 64 kbit/s up, 256 down
and 600 ms there and back; once as it is, and once with a cut after every 100 KB that went up. The
photos are painted and go through the app's own import (a preview of 1,280 pixels and a full size of
``--pixels``); with the default it is about 2 MB and 20 cuts, and takes some minutes: 3,000 pixels
are 6 MB and a quarter of an hour. All ways run at the same time, each over a link of its own, to
one server:

- ours: the draft store, *File*, and the sync engine, with its waits after a cut;
- usual: each file whole by POST, then the text; tried again at once, up to 1.5 times the payload;
- tuspy: the text first by a plain call, then the files by ``tuspy`` in pieces of 64 KiB.

``ideal`` is the text's: the round trips of a new connection and of one call, and the compressed
message and the receipt at the link's rates, without any header. Then the idle cost: the real app in
its window, signed in, doing nothing, over a link that only counts.
"""

from __future__ import annotations

import sys

sys.path.pop(0)  # beside this file there is a typing.py

import argparse
import gzip
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS)]

from reporterdesk.demo.bad_link.profiles import Cut, Profile, Side, Way, kbit  # noqa: E402
from reporterdesk.domain.clock import utc_now  # noqa: E402
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn  # noqa: E402
from reporterdesk.wire.convert import file_request  # noqa: E402
from reporterdesk.workflow.filing import file_report  # noqa: E402
from support.bad_links import LinkOnAThread, bad_link  # noqa: E402
from support.driving import DrivenApp  # noqa: E402
from support.filing_load import Load, make_load, write_report  # noqa: E402
from support.link_timing import install_tuspy, send_by_tuspy, send_in_our_way  # noqa: E402
from support.servers import PASSWORD, fill, running_server  # noqa: E402
from support.usual_way import Sent, send_in_the_usual_way, taking_server  # noqa: E402

UP, DOWN, ROUND_TRIP, CUT_EVERY = kbit(64), kbit(256), 0.6, 100_000
LINK = Profile("measured", "", "", Way(UP, ROUND_TRIP / 2), Way(DOWN, ROUND_TRIP / 2))
TEXT_AIM, BYTES_AIM, GIVE_UP = 1.5, 1.05, 1.5


@dataclass(frozen=True)
class Result:
    """One way's run."""

    name: str
    cuts: bool
    sent: Sent
    up: int
    down: int
    connections: int
    cut: int


@dataclass
class Bench:
    """What the ways share."""

    folder: Path
    server: str
    token: str
    load: Load
    payload: int

    def ours(self, link: LinkOnAThread, name: str) -> Sent:
        """Send by the app's engine."""
        store, report_id = write_report(self.folder / name, self.load)
        try:
            return send_in_our_way(store, report_id, link.url, self.token, self._far(link))
        finally:
            store.close()

    def usual(self, link: LinkOnAThread, name: str) -> Sent:
        """Send whole files by POST."""
        text = {"body": self.load.body, "name": name}
        return send_in_the_usual_way(link.url, text, self.load.files, self._far(link))

    def tuspy(self, link: LinkOnAThread, name: str) -> Sent:
        """Send by ``tuspy``."""
        store, report_id = write_report(self.folder / name, self.load)
        try:
            packages = self.folder / "packages"
            return send_by_tuspy(store, report_id, link.url, self.token, packages)
        finally:
            store.close()

    def run(self, way: str, cuts: bool) -> Result:
        """Let one way send the report over a link of its own."""
        name = f"{way}-{'cut' if cuts else 'whole'}"
        with ExitStack() as stack:
            server = stack.enter_context(taking_server()) if way == "usual" else self.server
            link = stack.enter_context(bad_link(server, LINK))
            if cuts:
                link.plan_cut(Cut(Side.UP, CUT_EVERY, again=True))
            ways: dict[str, Callable[[LinkOnAThread, str], Sent]] = {
                "ours": self.ours,
                "usual": self.usual,
                "tuspy": self.tuspy,
            }
            sent = ways[way](link, name)
            counts = link.counts
        return Result(way, cuts, sent, counts.up, counts.down, counts.connections, counts.cuts)

    def _far(self, link: LinkOnAThread) -> Callable[[], bool]:
        return lambda: link.counts.up > GIVE_UP * self.payload


def ideal_text(bench: Bench) -> tuple[int, int, float]:
    """Return the bytes of the compressed message and of its receipt, and the ideal's seconds."""
    store, report_id = write_report(bench.folder / "ideal", bench.load)
    revision = store.revisions.get(file_report(store, report_id, clock=utc_now).revision_id or "")
    request = file_request(revision)
    connector = ReferenceConnector(bench.server, bench.token)
    answer = connector.file(report_id, request)
    connector.close()
    store.close()
    up = len(gzip.compress(request.model_dump_json().encode(), mtime=0))
    down = len(answer.model_dump_json().encode())
    return up, down, 2 * ROUND_TRIP + up / UP + down / DOWN


def tell(results: list[Result], payload: int, ideal: float) -> None:
    """Print one line for each way, and the ratios."""
    heads = ("text", 9), ("all", 9), ("sent", 12), ("÷ payload", 11), ("down", 9), ("conn.", 7)
    print(f"\n{'':14}" + "".join(f"{head:>{width}}" for head, width in heads) + f"{'cuts':>6}")
    for line in results:
        name = f"{line.name}{', cuts' if line.cuts else ''}"
        print(
            f"{name:14}{_seconds(line.sent.text)}{_seconds(line.sent.everything)}{line.up:>12,}"
            f"{line.up / payload:>11.3f}{line.down:>9,}{line.connections:>7}{line.cut:>6}"
        )
    print()
    for cuts in (False, True):
        here = {line.name: line for line in results if line.cuts is cuts}
        ours = here.get("ours")
        if ours is None:
            continue
        label = "with cuts" if cuts else "without cuts"
        if ours.sent.text is not None:
            print(f"{label}: text ÷ ideal = {ours.sent.text / ideal:.2f} (aim {TEXT_AIM})")
        print(f"{label}: bytes ÷ payload = {ours.up / payload:.3f} (aim {BYTES_AIM})")
        for other in (here.get("usual"), here.get("tuspy")):
            if other is not None:
                text = _ratio(other.sent.text, ours.sent.text)
                everything = _ratio(other.sent.everything, ours.sent.everything)
                print(f"{label}: {other.name} takes {text} for the text, {everything} for all")


def idle(server: str, folder: Path, minutes: float) -> None:
    """Print the bytes a day of an app that is open and does nothing."""
    for role, email in (("reporter", "ana@example.org"), ("editor", "eve@example.org")):
        home = folder / f"idle-{role}"
        home.mkdir()
        with bad_link(server) as link:
            app = DrivenApp(home)
            app.start()
            app.sign_in(link.url, email)
            time.sleep(30)  # the first looks, after signing in, are not idleness
            link.reset_counts()
            time.sleep(60 * minutes)
            counts = link.counts
            app.quit()
        days = minutes / (24 * 60)
        print(
            f"idle {role:9} {counts.up / days / 1e6:6.2f} MB up and "
            f"{counts.down / days / 1e6:6.2f} MB down a day, "
            f"{counts.connections / days:,.0f} connections"
        )


def main() -> None:
    """Run it and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pixels", type=int, default=1600)
    parser.add_argument("--idle-minutes", type=float, default=3.0)
    parser.add_argument("--only", nargs="*", default=["ours", "usual", "tuspy"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        fill(folder / "data")
        server = stack.enter_context(running_server(folder / "data")).url
        if asked.only:
            _deliver(folder, server, asked.pixels, asked.only)
        if asked.idle_minutes > 0:
            print()
            idle(server, folder, asked.idle_minutes)


def _deliver(folder: Path, server: str, pixels: int, ways: list[str]) -> None:
    load = make_load(pixels)
    files = sum(map(len, load.files))
    token = ReferenceSignIn().sign_in(server, "ana@example.org", PASSWORD, "bench").token
    bench = Bench(folder, server, token, load, 0)
    up, down, ideal = ideal_text(bench)
    bench.payload = up + files
    sizes = [
        f"{len(photo.full_bytes) / 1000:.0f}+{len(photo.preview_bytes) / 1000:.0f}"
        for photo in load.photos
    ]
    print(f"photos, full + preview, in KB: {', '.join(sizes)}")
    print(f"payload {bench.payload:,} bytes, {up:,} of them the text, compressed; receipt {down:,}")
    print(f"the text's ideal: {ideal:.2f} s; all of it at 64 kbit/s: {bench.payload / UP:.0f} s")
    if "tuspy" in ways:
        try:
            install_tuspy(folder / "packages")
        except subprocess.CalledProcessError:
            print("tuspy could not be had here; without it.")
            ways = [way for way in ways if way != "tuspy"]
    runs = [(way, cuts) for way in ways for cuts in (False, True)]
    with ThreadPoolExecutor(len(runs)) as pool:
        results = list(pool.map(lambda run: bench.run(*run), runs))
    tell(results, bench.payload, ideal)


def _seconds(value: float | None) -> str:
    return f"{'never':>9}" if value is None else f"{value:>7.1f} s"


def _ratio(theirs: float | None, ours: float | None) -> str:
    if ours is None:
        return "?"
    return "for ever" if theirs is None else f"{theirs / ours:.1f} times as long"


if __name__ == "__main__":
    main()
