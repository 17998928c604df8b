"""The command line: what is asked for is imported only then."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reporterdesk import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without one, run the desktop app."""
    words = sys.argv[1:] if argv is None else argv
    if not words:  # the way reporters start it: nothing else is loaded first
        return _desktop()
    if words == ["spelling-child"]:  # started by the app alone, many times a day
        from reporterdesk.spelling.child import run

        return run()
    parser = argparse.ArgumentParser(
        prog="reporterdesk", description="Write, file, review and publish event reports."
    )
    parser.add_argument("--version", action="version", version=f"ReporterDesk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    from reporterdesk.demo.bad_link import command as bad_link
    from reporterdesk.server import admin
    from reporterdesk.workflow import doctor

    _demo_arguments(commands.add_parser("demo", help="try it: a server, a newsroom, and the app"))
    bad_link.add_arguments(
        commands.add_parser("bad-link", help="a bad connection to rehearse with, before a server")
    )
    _serve_arguments(commands.add_parser("serve", help="run the publishing server"))
    admin.add_arguments(commands.add_parser("admin", help="make sections and people on the server"))
    doctor.add_arguments(
        commands.add_parser("doctor", help="check the drafts on this laptop, and repair them")
    )
    run_command: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": _demo,
        "bad-link": bad_link.run,
        "serve": _serve,
        "admin": admin.run_admin,
        "doctor": _doctor,
    }
    arguments = parser.parse_args(words)
    return run_command[arguments.command](arguments)


def _desktop() -> int:
    import gc

    # The app collects on its UI thread only (reporterdesk.ui.garbage); while it is imported, ever
    # more objects come and none goes, so that looking for garbage is lost time.
    gc.disable()
    from reporterdesk.app import run_desktop

    return run_desktop()


def _doctor(arguments: argparse.Namespace) -> int:
    from reporterdesk.paths import home
    from reporterdesk.workflow.doctor import run_doctor

    return run_doctor(arguments, home(), say=print)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--walkthrough",
        type=Path,
        metavar="DIR",
        help="needs no screen: go the whole path and leave a picture of each step in DIR",
    )
    from reporterdesk.demo.bad_link.profiles import PROFILES

    parser.add_argument(
        "--link", choices=list(PROFILES), help="file over a bad connection of this kind"
    )


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="where everything is kept"
    )
    for option, kind, default, metavar, words in (
        ("--host", str, "127.0.0.1", "HOST", "the address to listen at (%(default)s)"),
        ("--port", int, 8000, "PORT", "the port to listen at (%(default)s); 0 takes a free one"),
        ("--database-url", str, None, "URL", "PostgreSQL, in place of a file in DIR"),
        (
            "--media-url",
            str,
            None,
            "URL",
            "an object store, in place of a folder of photos",
        ),
        ("--public-url", str, "", "URL", "the site’s address behind a proxy"),
        ("--token-days", int, None, "N", "sign devices out after N days"),
    ):
        parser.add_argument(option, type=kind, default=default, metavar=metavar, help=words)


def _demo(arguments: argparse.Namespace) -> int:
    from reporterdesk.demo.command import run

    return run(arguments.walkthrough, arguments.link)


def _serve(arguments: argparse.Namespace) -> int:
    from reporterdesk.server.run import serve

    return serve(
        arguments.data,
        arguments.host,
        arguments.port,
        database_url=arguments.database_url,
        media_url=arguments.media_url,
        public_url=arguments.public_url,
        token_days=arguments.token_days,
    )
