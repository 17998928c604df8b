"""``kill -9`` between request and answer: a real client process, a real server process."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from reporterdesk.domain.delivery import DeliveryState
from reporterdesk.publishing.reference import ReferenceConnector, ReferenceSignIn
from support.hostile_http import Call, hostile_server
from support.laptop import laptop
from support.servers import PASSWORD, fill, running_server

CLIENT = """
import random, sys
from pathlib import Path
from reporterdesk.domain.clock import utc_now
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.store.opening import open_store
from reporterdesk.sync.engine import SyncEngine
from reporterdesk.sync.listener import SilentListener

home, url, token = sys.argv[1:]
store = open_store(Path(home), clock=utc_now)
connector = ReferenceConnector(url, token)
engine = SyncEngine(
    lambda function: function(store), lambda: connector, utc_now, random.Random(1), SilentListener()
)
engine.deliver_due()
"""


@pytest.mark.parametrize("method", ["PUT", "PATCH"], ids=["text", "photo"])
def test_killed_between_request_and_answer_leaves_one_report(
    method: str, home: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    fill(data)
    had_its_effect, killed = threading.Event(), threading.Event()
    with laptop(home, None) as writing:
        report_id = writing.file("Killed at the wrong moment", photos=2)
    with running_server(data) as server:
        token = ReferenceSignIn().sign_in(server.url, "ana@example.org", PASSWORD, "laptop").token

        def pass_on(call: Call) -> bytes | Iterator[bytes]:
            """Pass a call on to the real server; hold the fatal answer back until the kill."""
            headers = {n: v for n, v in call.headers.items() if n not in {"host", "connection"}}
            answer = requests.request(
                call.method, server.url + call.path, headers=headers, data=call.body, timeout=30
            )
            if call.method == method:
                had_its_effect.set()
                killed.wait(60)
                return b""
            lines = [f"HTTP/1.1 {answer.status_code} Passed on", "Connection: close"]
            lines += [
                f"{name}: {value}"
                for name, value in answer.headers.items()
                if name.lower() not in {"connection", "transfer-encoding", "content-length"}
            ]
            lines += [f"Content-Length: {len(answer.content)}", "", ""]
            return "\r\n".join(lines).encode("latin-1") + answer.content

        with hostile_server(pass_on) as between:
            arguments = [sys.executable, "-c", CLIENT, str(home), between.url, token]
            with subprocess.Popen(arguments) as client:
                assert had_its_effect.wait(60)
                client.kill()
                client.wait(30)
            killed.set()

        connector = ReferenceConnector(server.url, token)
        with laptop(home, connector) as again:
            before = again.delivery(report_id)
            expected = DeliveryState.ATTEMPTING if method == "PUT" else DeliveryState.TEXT_DELIVERED
            assert before.state is expected
            assert again.deliver() is None
            assert again.delivery(report_id).state is DeliveryState.DELIVERED
            answer = connector.report(report_id)
            assert (answer.number, answer.missing) == (1, ())
            assert answer.body == again.report(report_id).content.body
            mine = connector.reports(limit=100).reports
            assert [line.id for line in mine] == [report_id]
        connector.close()
