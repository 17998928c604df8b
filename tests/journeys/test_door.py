"""The door before the drafts, with the real app as a process and a keyring that is a file."""

from __future__ import annotations

import json
from collections.abc import Callable

from reporterdesk.paths import drafts_file, protection_file
from reporterdesk.store.protection import Guard, read_protection
from support.driving import DrivenApp

OpenLaptop = Callable[[str], DrivenApp]
HEADLINE = "The ferry is late"
BODY = "Nobody at the quay knew why."
PASSPHRASE = "nine slow ferries"


def write(app: DrivenApp) -> str:
    """Write a report and return its id."""
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words=HEADLINE)
    app.do("write", paragraphs=[BODY])
    app.do("saved")
    return app.do("look")["report_id"]


def test_lost_keyring_lock_and_kill(open_laptop: OpenLaptop) -> None:
    app = open_laptop("ana")
    assert len(app.code) == 24
    assert not drafts_file(app.home).read_bytes().startswith(b"SQLite format 3")
    report_id = write(app)
    app.kill()

    app.start()
    app.do("open", headline=HEADLINE)  # which one was open is written a second later
    app.do("wait", report_id=report_id, headline=HEADLINE, body=BODY)
    app.do("choose", action="go.report")
    app.do("keys", keys=["Ctrl+End"])  # where the unlocked app is to have the caret, too

    lock_with_a_new_passphrase(app)
    app.do("type", into="Passphrase", words="not this one")
    app.do("press", text="Unlock")
    app.do("wait_words", words="This is not the passphrase")
    app.do("type", into="Passphrase", words=PASSPHRASE)
    app.do("press", text="Unlock")
    app.do("opened")
    app.do("type_here", words=" At noon it came.")
    app.do("wait", report_id=report_id, body=f"{BODY} At noon it came.")
    app.do("saved")

    app.do("choose", action="app.lock")
    app.do("locked")
    app.kill()  # locked, and nothing is lost by it

    lose_the_keyring(app)
    reads = app.start()
    assert "Unlock" in reads or "Open" in reads  # the passphrase opens it, too
    app.do("press", text="Use the recovery code…")
    app.do("type", into="Recovery code", words=" ".join(reversed(app.code)))
    app.do("press", text="Open")
    app.do("wait_words", words="do not fit together")
    numbered = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(app.code, 1))
    app.do("type", into="Recovery code", words=numbered)
    app.do("press", text="Open")
    app.do("opened")
    app.do("wait", report_id=report_id, body=f"{BODY} At noon it came.")
    app.quit()

    app.start()  # the keyring has the key again
    app.do("wait", report_id=report_id)
    app.quit()


def test_without_a_keyring_a_passphrase_opens_the_drafts(open_laptop: OpenLaptop) -> None:
    app = open_laptop("ben")
    app.quit()
    lose_everything(app)
    app.break_keyring()

    reads = app.start()
    assert "Choose a passphrase for your drafts" in reads
    app.do("type", into="Passphrase", words=PASSPHRASE)
    app.do("type", into="The same once more", words=PASSPHRASE)
    app.do("press", text="Encrypt and begin")
    app.do("opened")
    app.code = app.do("keep_code")
    report_id = write(app)
    app.quit()

    protection = read_protection(app.home)
    assert protection is not None
    assert protection.guard is Guard.PASSPHRASE
    assert "Your drafts are encrypted" in app.start()
    app.do("type", into="Passphrase", words=PASSPHRASE)
    app.do("press", text="Open")
    app.do("opened")
    app.do("wait", report_id=report_id, body=BODY)
    app.quit()


def lock_with_a_new_passphrase(app: DrivenApp) -> None:
    """Lock for the first time: a passphrase is chosen before."""
    app.do("choose", action="app.lock")
    app.do("type", into="Passphrase", words=PASSPHRASE)
    app.do("type", into="The same once more", words=PASSPHRASE)
    app.do("press", text="Set the passphrase")
    reads = " ".join(app.do("locked"))
    assert "ReporterDesk is locked" in reads
    assert HEADLINE not in reads
    assert BODY not in reads


def lose_the_keyring(app: DrivenApp) -> None:
    """Empty the keyring, as a new installation of the system does."""
    app.keyring.write_text(json.dumps({}), encoding="utf-8")


def lose_everything(app: DrivenApp) -> None:
    """Take the drafts away, as if nobody had ever started the app here."""
    for file in (protection_file(app.home), *app.home.glob("*.db*")):
        file.unlink()
