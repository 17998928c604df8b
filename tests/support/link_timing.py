"""Times a delivery over a link: by the app's own engine, and by ``tuspy``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from reporterdesk.domain.clock import utc_now
from reporterdesk.domain.delivery import Delivery, DeliveryState
from reporterdesk.publishing.reference import ReferenceConnector
from reporterdesk.store.store import Store
from reporterdesk.sync.engine import SyncEngine
from reporterdesk.sync.listener import SilentListener
from reporterdesk.wire.convert import file_request
from reporterdesk.workflow.filing import file_report
from support.usual_way import Sent

LOOK_EVERY = 20.0
"""Seconds between looks, as the app's bridge has it."""


class _Watch(SilentListener):
    """Notes when the text was there and when all was."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.text: float | None = None
        self.everything: float | None = None

    def delivery_changed(self, delivery: Delivery) -> None:
        took = time.monotonic() - self.began
        if delivery.state in {DeliveryState.TEXT_DELIVERED, DeliveryState.DELIVERED}:
            self.text = self.text or took
        if delivery.state is DeliveryState.DELIVERED:
            self.everything = self.everything or took


def send_in_our_way(
    store: Store, report_id: str, url: str, token: str, gives_up: Callable[[], bool]
) -> Sent:
    """File the report and let the engine deliver it, as the app's network thread does."""
    connector = ReferenceConnector(url, token)
    watch = _Watch()
    engine = SyncEngine(
        lambda function: function(store), lambda: connector, utc_now, Random(1), watch
    )
    watch.began = time.monotonic()
    file_report(store, report_id, clock=utc_now)
    while watch.everything is None and not gives_up():
        due = engine.deliver_due()
        if watch.everything is None:
            time.sleep(_until(due))
    connector.close()
    return Sent(watch.text, watch.everything)


def send_by_tuspy(store: Store, report_id: str, url: str, token: str, packages: Path) -> Sent:
    """File the text by a plain call, then send each photo by ``tuspy`` to its upload address.

    The client is a process of its own, with the packages in the folder ``packages``: pieces of
    64 KiB, and as many tries as it takes, a second apart.
    """
    revision = store.revisions.get(file_report(store, report_id, clock=utc_now).revision_id or "")
    began = time.monotonic()
    connector = ReferenceConnector(url, token)
    answer = connector.file(report_id, file_request(revision))
    text = time.monotonic() - began
    connector.close()
    files = packages / "files"
    files.mkdir(exist_ok=True)
    jobs = []
    for line in answer.missing:
        (files / line.sha256).write_bytes(store.photos.read(line.sha256))
        jobs.append([f"{url}{line.upload_url}", str(files / line.sha256)])
    subprocess.run(
        [sys.executable, "-c", _TUSPY],
        input=json.dumps({"token": token, "jobs": jobs}),
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(packages)},
    )
    return Sent(text, time.monotonic() - began)


def install_tuspy(folder: Path) -> None:
    """Get ``tuspy`` and what it needs into a folder, from the package index.

    :raises subprocess.CalledProcessError: there is no index.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--quiet",
        "--target",
        str(folder),
        "tuspy",
    ]
    subprocess.run(command, check=True)


def _until(due: datetime | None) -> float:
    if due is None:
        return 0.05
    return max(0.05, min(LOOK_EVERY, (due - utc_now()).total_seconds()))


_TUSPY = """
import json, sys
from tusclient.client import TusClient
told = json.load(sys.stdin)
client = TusClient("http://127.0.0.1/", headers={"Authorization": f"Bearer {told['token']}"})
for url, file in told["jobs"]:
    uploader = None
    while uploader is None:
        try:
            uploader = client.uploader(
                file, url=url, chunk_size=64 * 1024, retries=10_000, retry_delay=1
            )
        except Exception as error:
            print(error, file=sys.stderr)
    uploader.upload()
"""
