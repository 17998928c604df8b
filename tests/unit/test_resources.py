"""Resources: inside a wheel, and beside the sources of an editable install."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reporterdesk import resources
from reporterdesk.resources import resource_path

ROOT = Path(__file__).resolve().parents[2]


def test_an_editable_install_has_them_beside_src() -> None:
    assert resource_path("icons") == ROOT / "resources" / "icons"
    assert resource_path() == ROOT / "resources"


def test_one_that_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match="icons/no-such"):
        resource_path("icons", "no-such.svg")


def test_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "reporterdesk"
    inside, beside = package / "resources", tmp_path / "resources"
    for folder in (inside, beside):
        folder.mkdir(parents=True)
        (folder / "both.txt").touch()
    (beside / "beside.txt").touch()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resource_path("both.txt") == inside / "both.txt"
    assert resource_path("beside.txt") == beside / "beside.txt"


def test_a_wheel_has_them_inside(tmp_path: Path) -> None:
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    command = [sys.executable, "-c", build, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    here = {file.relative_to(ROOT / "resources") for file in (ROOT / "resources").rglob("*.svg")}
    there = unpacked / "reporterdesk" / "resources"
    assert here
    assert all((there / file).is_file() for file in here)
    ask = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from reporterdesk.resources import resource_path; print(resource_path('icons'))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask, str(unpacked)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert Path(answer.stdout.strip()) == there / "icons"
