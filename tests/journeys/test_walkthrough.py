"""``reporterdesk demo --walkthrough`` goes the whole path, with neither screen nor browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

PICTURES = 24


@pytest.mark.timeout(420)
def test_the_walkthrough_goes_the_whole_path(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    # Without a browser to be found, Qt shows the published pages.
    environment = os.environ | {"PATH": str(Path(sys.executable).parent)}
    command = [sys.executable, "-m", "reporterdesk", "demo", "--walkthrough", str(folder)]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=400
    )
    assert run.returncode == 0, run.stdout + run.stderr
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) == PICTURES
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<img src="([^"]+)"', index) == [picture.name for picture in pictures]
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.width >= 400
            # A window that was not painted has one colour.
            assert len(image.convert("RGB").getcolors(maxcolors=1 << 24) or ()) > 50, picture.name
