"""``python -m reporterdesk``."""

from __future__ import annotations

import sys

from reporterdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
