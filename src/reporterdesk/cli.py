"""The command line: what is asked for is imported only then."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="reporterdesk")
    commands = parser.add_subparsers(dest="command", required=True)
    _serve_arguments(commands.add_parser("serve", help="run the publishing server"))
    from reporterdesk.server.admin import add_arguments

    add_arguments(commands.add_parser("admin", help="make sections and people on the server"))
    args = parser.parse_args(argv)
    if args.command == "serve":
        return _serve(args)
    from reporterdesk.server.admin import run_admin

    return run_admin(args)


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--database-url", default=None, metavar="URL")
    parser.add_argument("--media-url", default=None, metavar="URL")
    parser.add_argument("--public-url", default="", metavar="URL")
    parser.add_argument("--token-days", type=int, default=None, metavar="N")


def _serve(args: argparse.Namespace) -> int:
    from reporterdesk.server.run import serve

    return serve(
        args.data,
        args.host,
        args.port,
        database_url=args.database_url,
        media_url=args.media_url,
        public_url=args.public_url,
        token_days=args.token_days,
    )
