"""``reporterdesk doctor``: what is wrong with the drafts on this laptop, and the repairs by number.

Run in a terminal; it prints what it finds and asks for a passphrase or recovery code where the
system's keyring does not have the key.
"""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import ReporterDeskError, StoreLocked, VaultUnavailable
from reporterdesk.store.key import StoreKey
from reporterdesk.vault import KeyringVault, Vault
from reporterdesk.workflow.examining import Examination, Offer, Repair, examine
from reporterdesk.workflow.repairing import repair_store
from reporterdesk.workflow.unlocking import (
    DoorKind,
    door,
    key_from_keyring,
    key_from_passphrase,
    key_from_recovery,
)

Say: TypeAlias = Callable[[str], object]
Ask: TypeAlias = Callable[[str], str]

HEALTHY = 0
WRONG = 1
"""The exit codes. 2 is argparse's, for words that it does not know."""

_TRIES = 3
_CODE_WORDS = 12
"""Whoever types at least so many words types a recovery code, which has 24."""

EPILOG = """\
Exit codes: 0 the drafts are in order; 1 something is wrong, or a repair did not succeed.
Nothing is changed without --repair. Each repair works on a copy, which is checked before it
counts, and keeps the old files in the folder “set-aside” of the profile. Quit ReporterDesk first.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument(
        "--repair",
        nargs="*",
        type=int,
        metavar="N",
        help="do the repairs with these numbers; without a number, all that are advised",
    )


def run_doctor(
    arguments: argparse.Namespace,
    home: Path,
    *,
    say: Say,
    ask: Ask = getpass.getpass,
    vault: Vault | None = None,
    clock: Clock = utc_now,
) -> int:
    """Examine the profile ``home``, repair what was asked for, and return the exit code.

    :param say: prints a line.
    :param ask: shows a question and returns what is typed, without showing that.
    """
    try:
        key = _key(home, vault or KeyringVault(), say, ask)
        found = examine(home, key)
        _tell(found, say)
        if arguments.repair is not None:
            found = _repair(home, key, found, arguments.repair, clock, say)
        elif found.offers:
            say("Do them with: reporterdesk doctor --repair [N …]")
    except ReporterDeskError as error:
        say(str(error))
        return WRONG
    return HEALTHY if found.healthy else WRONG


def _repair(
    home: Path,
    key: StoreKey | None,
    found: Examination,
    numbers: Sequence[int],
    clock: Clock,
    say: Say,
) -> Examination:
    """Do what was chosen, or all that is advised, looking again after each repair.

    :raises ReporterDeskError: a repair did not succeed, or has no such number.
    """
    for number in numbers:
        if not 1 <= number <= len(found.offers):
            raise ReporterDeskError(f"There is no repair {number}.", safe="Nothing was changed.")
    chosen = [found.offers[number - 1] for number in numbers]
    done: set[Repair] = set()
    while (offer := _next(found, chosen, done, every=not numbers)) is not None:
        done.add(offer.repair)
        say("")
        say(offer.sentence)
        for line in repair_store(home, offer.repair, clock=clock, key=key).lines:
            say(f"  {line}")
        found = examine(home, key)
    if done:
        say("")
        _tell(found, say)
    return found


def _next(
    found: Examination, chosen: Sequence[Offer], done: set[Repair], *, every: bool
) -> Offer | None:
    offers = [offer for offer in found.offers if offer.advised] if every else chosen
    return next((offer for offer in offers if offer.repair not in done), None)


def _tell(found: Examination, say: Say) -> None:
    for line in found.lines:
        say(line)
    for finding in found.findings:
        say(finding.sentence)
        for line in finding.lines:
            say(f"  {line}")
    if found.offers:
        say("What can be done:")
    for number, offer in enumerate(found.offers, start=1):
        say(f"  {number}. {offer.sentence}")


def _key(home: Path, vault: Vault, say: Say, ask: Ask) -> StoreKey | None:
    """Return the key of the store, ``None`` for a plain one.

    :raises ReporterDeskError: there is none to be had.
    """
    kind = door(home).kind
    if kind in {DoorKind.NEW, DoorKind.PLAIN_BEFORE, DoorKind.PLAIN_CHOSEN}:
        return None
    if kind is DoorKind.KEYRING:
        with suppress(StoreLocked, VaultUnavailable):
            return key_from_keyring(home, vault)
    return _asked(home, say, ask, code_only=kind is DoorKind.LOST)


def _asked(home: Path, say: Say, ask: Ask, *, code_only: bool) -> StoreKey:
    question = "Recovery code: " if code_only else "Passphrase or recovery code: "
    for tried in range(1, _TRIES + 1):
        try:
            words = ask(question)
        except EOFError:
            raise StoreLocked from None
        try:
            if code_only or len(words.split()) >= _CODE_WORDS:
                return key_from_recovery(home, words)
            return key_from_passphrase(home, words)
        except StoreLocked as error:
            if tried == _TRIES:
                raise
            say(str(error))
    raise StoreLocked
