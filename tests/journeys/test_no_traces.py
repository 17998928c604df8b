"""A session on an encrypted laptop leaves no word, no photo, no token and no key in any file.

Not in the profile, with write-ahead logs, backups, settings and logs, and not in the home folder
and the folder of temporary files, where fonts, file dialogs and crashes leave things.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.places import Place
from reporterdesk.store.backups import back_up
from reporterdesk.store.key import StoreKey
from reporterdesk.store.opening import open_store
from support.driving import DrivenApp
from support.filled_store import fill_store
from support.jpegs import SERIAL_NUMBER, make_jpeg
from support.photo_uses import photo_names
from support.servers import running_server
from support.traces import traces

WORDS = {
    "headline": "Quillfeather",
    "standfirst": "Brindlewick",
    "byline": "Ottoline",
    "body": "Zephyrmoor",
    "second paragraph": "Ćwikłowski",
    "event": "Marrowgate",
    "venue": "Thistlecombe",
    "caption": "Grenoblewood",
    "alt text": "Pennyhollow",
    "typed before a kill": "Underfallow",
    "while the disk was full": "Wrenhaven",
    "looked for": "Larkmeadow",
    "artist": "Featherstonehaugh",
    "camera's caption": "Dunnockshire",
    "file": "Sparrowhythe",
    "broken file": "Corncrakeford",
}
PASSPHRASE = "a heron stands in the shallow water"


@dataclass(frozen=True)
class Laptop:
    """The app on an encrypted profile, with folders of its own for everything else."""

    app: DrivenApp
    key: StoreKey
    folders: tuple[Path, ...]

    def secrets(self) -> dict[str, str | bytes]:
        """Return all that no file may hold: words, photos, what is in the keyring, the key."""
        kept = json.loads(self.app.keyring.read_text(encoding="utf-8"))
        tokens = [secret for name, secret in kept.items() if "draft store" not in name]
        assert tokens, "the keyring has no token"
        assert len(self.app.code) == 24
        return {
            **WORDS,
            "passphrase": PASSPHRASE,
            "camera's number": SERIAL_NUMBER,
            "key": self.key.data,
            "recovery code": " ".join(self.app.code[:3]),
            **{f"token {number}": token for number, token in enumerate(tokens)},
            **photo_bytes(self.app.home, self.key),
        }


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[Laptop]:
    """Start on a new profile, which the app encrypts, with folders of its own for all the rest."""
    places = {name: tmp_path / name for name in ("user", "tmp", "cache", "config", "data", "run")}
    for folder in places.values():
        folder.mkdir(mode=0o700)
    home = tmp_path / "laptop"
    home.mkdir()
    app = DrivenApp(
        home,
        HOME=str(places["user"]),
        TMPDIR=str(places["tmp"]),
        XDG_CACHE_HOME=str(places["cache"]),
        XDG_CONFIG_HOME=str(places["config"]),
        XDG_DATA_HOME=str(places["data"]),
        XDG_RUNTIME_DIR=str(places["run"]),
    )
    try:
        app.start()
        yield Laptop(app, app.store_key(), (home, *places.values()))
    finally:
        app.end()


def photo_bytes(home: Path, key: StoreKey) -> dict[str, bytes]:
    """Return the most telling stretch of each photo that is kept, while the app is not there."""
    with closing(open_store(home, clock=utc_now, key=key)) as store:
        names = photo_names(store)
        assert names
        return {f"photo {name}": telling(store.photos.read(name)) for name in names}


def telling(data: bytes) -> bytes:
    """Return 48 bytes of a picture that are not met by chance, as a row of zeros is."""
    stretches = (data[start : start + 48] for start in range(0, len(data) - 48, 48))
    return max(stretches, key=lambda stretch: len(set(stretch)))


def write(app: DrivenApp, card: Path) -> None:
    """Write a report with a photo, and go on while the disk is full for a while."""
    card.mkdir()
    photo, broken = (card / f"{WORDS[name]}.jpg" for name in ("file", "broken file"))
    photo.write_bytes(
        make_jpeg(1600, 1200, artist=WORDS["artist"], description=WORDS["camera's caption"])
    )
    broken.write_bytes(photo.read_bytes()[:900])
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words=f"The {WORDS['headline']} affair")
    app.do("type", into="Standfirst", words=f"What {WORDS['standfirst']} knew.")
    app.do("write", paragraphs=[f"It was {WORDS['body']}.", f"Said {WORDS['second paragraph']}."])
    app.do("fill_disk", full=True)
    flood = f"{WORDS['while the disk was full']} in every street. " * 1_000
    app.do("paste", into="Text of the report", words=flood)
    app.do("wait_words", words="This disk is full, so nothing is being saved.")
    app.do("fill_disk", full=False)
    app.do("saved")
    app.do("press", text="Event")
    app.do("type", into="Event", words=WORDS["event"])
    app.do("type", into="Starts", words="2026-03-14")
    app.do("type", into="Venue", words=WORDS["venue"])
    app.do("type", into="City or town", words="Lodi")
    app.do("drop", files=[str(photo)])
    app.do("let_fall", files=[str(broken)], vanishing=[])
    app.do("describe", number=0, caption=WORDS["caption"], alt_text=WORDS["alt text"])
    app.do("saved")


def test_a_session_leaves_no_trace(encrypted: Laptop, newsroom: Path, tmp_path: Path) -> None:
    app, home = encrypted.app, encrypted.app.home
    with running_server(newsroom) as server:
        app.sign_in(server.url, "ana@example.org")
        write(app, tmp_path / "card")
        app.do("choose", action="report.file")
        app.do("wait", waiting=0, status="filed")
        app.quit()
        with closing(open_store(home, clock=utc_now, key=encrypted.key)):
            assert back_up(home, encrypted.key, utc_now()).file is not None
        secrets = encrypted.secrets()
        assert traces(encrypted.folders, secrets) == []

        app.start()
        lock(app)
        assert traces(encrypted.folders, secrets) == []
        app.do("type", into="Passphrase", words=PASSPHRASE)
        app.do("press", text="Unlock")
        app.do("opened")
        for looked_for in ("body", "looked for", "headline"):
            app.do("type", into="Search reports", words=WORDS[looked_for])
        app.do("choose", action="report.new")
        app.do("write", paragraphs=[f"{WORDS['typed before a kill']} came."])
        app.do("saved")
        app.kill()
        # Before anything opens the store again, which would take the log of its writes away.
        assert (home / "drafts.db-wal").stat().st_size > 0
        assert traces(encrypted.folders, secrets) == []
    assert traces([app.errors.parent / "laptop.app.log"], secrets) == []


def lock(app: DrivenApp) -> None:
    """Lock for the first time, for which a passphrase is chosen."""
    app.do("choose", action="app.lock")
    app.do("type", into="Passphrase", words=PASSPHRASE)
    app.do("type", into="The same once more", words=PASSPHRASE)
    app.do("press", text="Set the passphrase")
    app.do("locked")


def test_the_search_for_traces_finds_them(tmp_path: Path) -> None:
    fill_store(tmp_path / "plain", reports=1, words=20)
    fill_store(tmp_path / "key", reports=1, words=20, key=StoreKey.new())
    secrets = {"name": "Amina Okafor", "city": "day 1"}
    plain = {trace.file.name for trace in traces([tmp_path / "plain"], secrets)}
    assert plain == {"drafts.db"}
    assert traces([tmp_path / "key"], secrets) == []
    for encoding in ("utf-8", "utf-16-le"):
        (tmp_path / "note").write_bytes("xAmina Okaforx".encode(encoding))
        assert [trace.secret for trace in traces([tmp_path], {"name": "amina okafor"})]
    with closing(open_store(tmp_path / "plain", clock=utc_now)) as store:
        assert len(store.reports.page(Place.DRAFTS).rows) == 1
