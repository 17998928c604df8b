"""``python -m reporterdesk.demo.bad_link``: the same as ``reporterdesk bad-link``."""

from __future__ import annotations

import argparse

from reporterdesk.demo.bad_link.command import add_arguments, run

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="reporterdesk bad-link")
    add_arguments(parser)
    raise SystemExit(run(parser.parse_args()))
