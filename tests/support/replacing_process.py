"""A process that replaces words in all reports, until it is killed.

``python -m support.replacing_process HOME`` replaces “harbour” by “port” in all reports that can be
changed, and writes a line for each report that is done.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reporterdesk.domain.clock import utc_now
from reporterdesk.store.opening import open_store
from reporterdesk.text.pattern import Options, read_pattern
from reporterdesk.text.template import read_template
from reporterdesk.workflow.library.looking import look_through
from reporterdesk.workflow.library.replacing import Outcome, Task, replace_in_reports
from reporterdesk.workflow.library.words import Wish
from reporterdesk.workflow.running import RunInStore


def replace_all(run: RunInStore) -> Outcome:
    """Look through all reports and replace everything."""
    pattern = read_pattern("harbour", Options())
    wish = Wish(pattern, read_template("port", pattern, expression=False))
    found = look_through(
        run, pattern, only_changeable=True, progress=lambda *_: None, cancelled=lambda: False
    )
    assert found is not None
    tasks = [
        Task(one.report_id, one.headline, one.fingerprint, frozenset(range(len(one.hits))))
        for one in found.reports
    ]
    return replace_in_reports(
        run,
        tasks,
        wish,
        clock=utc_now,
        progress=lambda done, _total: print(done, flush=True),
        cancelled=lambda: False,
    )


if __name__ == "__main__":
    store = open_store(Path(sys.argv[1]), clock=utc_now)
    replace_all(lambda function: function(store))
    sys.stdin.read()  # until it is killed
