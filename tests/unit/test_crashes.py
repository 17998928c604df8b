"""What a crash leaves behind, of a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CRASH = """
import os, resource
from reporterdesk.app.crashes import leave_no_dump
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
leave_no_dump()
words = "Quillfeather" * 100
os.abort()
"""
RAISE = """
import threading
from reporterdesk.app.crashes import log_what_nobody_catches
log_what_nobody_catches()
name = "Quill" + "feather"

class Dying:
    def __del__(self):
        int(name)

def fail():
    int(name)

Dying()
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no core files")
def test_no_image_of_the_memory(tmp_path: Path) -> None:
    ended = run(CRASH, tmp_path)
    assert ended.returncode < 0, ended.stderr
    assert not list(tmp_path.glob("*core*"))


def test_what_nobody_catches_is_printed_without_words(tmp_path: Path) -> None:
    ended = run(RAISE, tmp_path)
    assert ended.stderr.count("ValueError\n") >= 3
    assert "Quillfeather" not in ended.stderr
