"""What may be imported before the first paint: the first screen is not to wait for anything else.

A process of its own starts the real app on a filled store and tells what it has imported when its
first screen has been painted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reporterdesk.app.key_work import choose_plain
from support.filled_store import fill_store

HEAVY = {
    "PIL", "alembic", "babel", "fastapi", "httpx", "jinja2", "keyring", "pillow_heif", "pydantic",
    "requests", "sqlalchemy", "starlette", "truststore", "urllib3", "uvicorn",
}  # fmt: skip
"""What takes its time, and none of it is needed to show a report."""

MODULES = """
durable paths resources settings vault
app: crashes desktop entrance first_paint key_work opening_key shell starting
domain: clock delivery errors event ids photo places report searching status trash
publishing: route
store: belonging content_json driver erasure faults first_screen key listing lock moments protection
    replacing thread versions wiping
text: cleaning direction grammar inline lines normal parse profile tree
ui: action_table actions autosave background clipboard colours drafts garbage icons last_place
    pacing photo_images safety save_plan theme typefaces window_place wording
ui.action_rows: app format places report spec
ui.controllers: account browsing closing locking moving opening review_list waiting
ui.editor: block_commands block_keys body_editor composing directions document_reader
    document_writer editing figure_hand figures formats formatting gaps ink inline_commands
    laying_out link_editing link_pointing marks measure mending mistakes moving_blocks numbering
    palette rewriting toolbar typing_rules undo_steps writing_area
ui.models: report_delegate report_list row_look
ui.widgets: choice desk_bar desk_notes draft_form empty_place growing_text notice_bar
    pane_sides places readiness_panel report_head report_list report_pane safety_button search_field
    side_label standing_bar text_side
ui.windows: main_window
workflow: unlocking
"""
"""All of the app's own modules that the first screen may import, by package."""


def _allowed() -> set[str]:
    """Return the names that :data:`MODULES` stands for, the packages themselves included."""
    names, package = {"reporterdesk"}, "reporterdesk"
    for word in MODULES.split():
        if word.endswith(":"):
            package = f"reporterdesk.{word[:-1]}"
            names.add(package)
        else:
            names.add(f"{package}.{word}")
    return names


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("profile")
    fill_store(home, reports=160, words=120)
    choose_plain(home)
    environment = os.environ | {
        "REPORTERDESK_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parent),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "support.first_modules"]
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_first_screen_is_whole(told: dict[str, Any]) -> None:
    assert told["rows"] == 60
    assert told["headline"].endswith("day 160")
    assert len(told["body"].split()) >= 110
    assert told["caret"] == 40
    assert told["in the text"]


def test_nothing_heavy_is_imported_before_it(told: dict[str, Any]) -> None:
    assert HEAVY & {name.partition(".")[0] for name in told["modules"]} == set()


def test_only_what_it_needs_of_the_app_is_imported_before_it(told: dict[str, Any]) -> None:
    ours = {name for name in told["modules"] if name.partition(".")[0] == "reporterdesk"}
    assert sorted(ours - _allowed()) == [], "import these after the first paint"
    assert sorted(_allowed() - ours) == [], "these are not needed any more: shorten the list"
