"""A reporter's hands on the keyboard alone, from a new report to the outbox: no mouse, no names.

Nothing here looks a field up: each key goes where the keyboard is, as it does for somebody who
cannot use a mouse. The names are what a screen reader says on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from support.driving import DrivenApp
from support.servers import running_server

OpenLaptop = Callable[[str], DrivenApp]
HEADLINE = "The lift is mended"
BODY = "At noon the doors opened on every floor."


def test_from_new_report_to_file_without_a_mouse(open_laptop: OpenLaptop, newsroom: Path) -> None:
    with running_server(newsroom) as server:
        app = open_laptop("ben")
        app.sign_in(server.url, "ben@example.org")
        write_along_the_tab_order(app)
        fill_what_is_missing(app)
        assert app.do("keys", keys=["Ctrl+Return"]) != ""
        app.do("wait", status="filed", waiting=0, headline=HEADLINE)
        look_around(app)
        app.quit()


def write_along_the_tab_order(app: DrivenApp) -> None:
    """Write from field to field with Tab; go back with Shift+Tab."""
    assert app.do("keys", keys=["Ctrl+N"]) == "Headline"
    app.do("type_here", words=HEADLINE)
    assert app.do("keys", keys=["Tab"]) == "Standfirst"
    app.do("type_here", words="After nine weeks.")
    assert app.do("keys", keys=["Tab"]) == "Byline"
    assert app.do("keys", keys=["Tab"]) == "Text of the report"
    app.do("type_here", words="## Nine weeks")
    app.do("keys", keys=["Return"])
    app.do("type_here", words=BODY)
    # Bold for one word by its shortcut, undone again by its own.
    app.do("keys", keys=["Ctrl+B"])
    app.do("type_here", words=" All of them.")
    app.do("wait", body=f"## Nine weeks\n\n{BODY} **All of them.**")
    assert app.do("keys", keys=["Shift+Tab"]) == "Byline"
    app.do("keys", keys=["Ctrl+S"])
    app.do("saved")


def fill_what_is_missing(app: DrivenApp) -> None:
    """Ask to file; walk from what is missing to its field with Enter, again and again."""
    for words, field, typed in (
        ("Choose the section it is for.", "Section", None),
        ("Give the date of the event.", "Starts", "2026-03-14"),
        ("Say where the event took place.", "City or town", "Lodi"),
    ):
        # The keyboard is on the first thing that is missing.
        assert app.do("keys", keys=["Ctrl+Return"]) == words
        assert app.do("keys", keys=["Return"]) == field
        if typed is None:
            assert app.do("keys", keys=["Down"]) == field
        else:
            app.do("type_here", words=typed)
    app.do("saved")


def look_around(app: DrivenApp) -> None:
    """Go to the places, the list and the report by their shortcuts."""
    app.do("keys", keys=["Ctrl+3"])
    app.do("wait", place="filed")
    app.do("wait_words", words="Connected")
    assert app.do("keys", keys=["Ctrl+8"]) == "Reports"
    assert app.do("keys", keys=["Ctrl+Shift+F"]) == "Search reports"
    assert app.do("keys", keys=["Ctrl+9"]) == "Text of the report"
    app.do("keys", keys=["Ctrl+1"])
    app.do("wait", place="drafts")
