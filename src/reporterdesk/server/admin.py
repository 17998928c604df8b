"""``reporterdesk admin``: sections, people and tokens, from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporterdesk.server.administration import Administration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line. Imports nothing of the server."""
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the server’s own --data"
    )
    parser.add_argument(
        "--database-url", default=None, metavar="URL", help="the server’s own, where it has one"
    )
    things = parser.add_subparsers(dest="thing", required=True, metavar="section|person|token")
    _section_arguments(things.add_parser("section", help="places on the site"))
    _person_arguments(things.add_parser("person", help="reporters, editors, administrators"))
    _token_arguments(things.add_parser("token", help="signed-in devices"))


def _section_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add")
    add = actions.add_parser("add", help="make a section")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--slug", required=True)
    add.add_argument("--introduction", default="", metavar="TEXT")
    add.add_argument("--link-url", default="", metavar="PATH", help="another page of the site")
    add.add_argument("--link-text", default="", metavar="TEXT")
    add.add_argument("--checklist", action="append", default=[], metavar="SENTENCE")


def _person_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|reset-password")
    add = actions.add_parser("add", help="make a person")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", required=True)
    add.add_argument("--role", action="append", default=[], metavar="reporter:SLUG|editor:SLUG")
    add.add_argument("--administrator", action="store_true")
    reset = actions.add_parser("reset-password", help="give a new password, end all sign-ins")
    reset.add_argument("email", metavar="EMAIL")
    for action in (add, reset):
        action.add_argument(
            "--password-stdin", action="store_true", help="read it from standard input"
        )


def _token_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|revoke")
    listing = actions.add_parser("list", help="show the devices that are signed in")
    listing.add_argument("email", nargs="?", default=None, metavar="EMAIL")
    revoke = actions.add_parser("revoke", help="sign a device out")
    revoke.add_argument("token_id", metavar="ID")


def run_admin(args: argparse.Namespace) -> int:
    """Do what was asked; return the exit code. Refusals are one line on standard error."""
    from reporterdesk.domain.errors import ReporterDeskError
    from reporterdesk.server.administration import Administration
    from reporterdesk.server.auth import Passwords
    from reporterdesk.server.config import ServerConfig
    from reporterdesk.server.database import Database

    config = ServerConfig(data=args.data, database_url=args.database_url)
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        database = Database(config.database)
        try:
            _ACTIONS[args.thing, args.action](Administration(database, Passwords()), args)
        finally:
            database.close()
    except (ReporterDeskError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _add_section(administration: Administration, args: argparse.Namespace) -> None:
    from reporterdesk.domain.clock import utc_now

    administration.add_section(
        args.slug,
        args.name,
        utc_now(),
        introduction=args.introduction,
        link_url=args.link_url,
        link_text=args.link_text,
        checklist=tuple(args.checklist),
    )
    _say(f"Section “{args.slug}” is made.")


def _add_person(administration: Administration, args: argparse.Namespace) -> None:
    from reporterdesk.domain.clock import utc_now
    from reporterdesk.server.administration import read_role

    held = tuple(read_role(role) for role in args.role)
    password = _password(from_input=args.password_stdin)
    administration.add_person(
        args.email, args.name, password, held, utc_now(), administrator=args.administrator
    )
    _say(f"{args.name} can sign in as {args.email}.")


def _reset_password(administration: Administration, args: argparse.Namespace) -> None:
    from reporterdesk.domain.clock import utc_now

    password = _password(from_input=args.password_stdin)
    ended = administration.reset_password(args.email, password, utc_now())
    _say(f"{args.email} has a new password. Devices signed out: {ended}.")


def _list_tokens(administration: Administration, args: argparse.Namespace) -> None:
    from reporterdesk.domain.clock import utc_now

    for token in administration.good_tokens(utc_now(), args.email):
        used = token.used_at.isoformat(timespec="minutes")
        _say(f"{token.id}  {token.email}  {token.device!r}  last used {used}")


def _revoke_token(administration: Administration, args: argparse.Namespace) -> None:
    from reporterdesk.domain.clock import utc_now

    administration.revoke_token(args.token_id, utc_now())
    _say("The device is signed out.")


_ACTIONS = {
    ("section", "add"): _add_section,
    ("person", "add"): _add_person,
    ("person", "reset-password"): _reset_password,
    ("token", "list"): _list_tokens,
    ("token", "revoke"): _revoke_token,
}


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    from reporterdesk.server.administration import AdminRefused

    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise AdminRefused("The two passwords differ.")
    return password


def _say(sentence: str) -> None:
    print(sentence)
