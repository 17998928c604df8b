"""A reporter's hands on the keyboard alone, from a new report to the outbox: no mouse, no names.

Nothing here looks a field up: each key goes where the keyboard is, as it does for somebody who
cannot use a mouse. The names are what a screen reader says on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from support.driving import DrivenApp
from support.jpegs import make_jpeg
from support.servers import running_server

OpenLaptop = Callable[[str], DrivenApp]
HEADLINE = "The lift is mended"
BODY = "At noon the doors opened on every floor."
ALT_TEXT = "Two people step out of a lift"


def test_from_new_report_to_file_without_a_mouse(
    open_laptop: OpenLaptop, newsroom: Path, tmp_path: Path
) -> None:
    photos = []
    for number in range(2):
        photos.append(tmp_path / f"lift-{number}.jpg")
        photos[-1].write_bytes(make_jpeg(640, 480, seed=number))
    with running_server(newsroom) as server:
        app = open_laptop("ben")
        app.sign_in(server.url, "ben@example.org")
        write_along_the_tab_order(app)
        illustrate(app, photos)
        fill_what_is_missing(app)
        app.do("keys", keys=["Ctrl+Return"])
        app.do("wait", status="filed", waiting=0, headline=HEADLINE, photos=2)
        look_around(app)
        app.quit()


def write_along_the_tab_order(app: DrivenApp) -> None:
    """Write from field to field with Tab; go back with Shift+Tab."""
    app.do("keys", keys=["Ctrl+N"], leads_to="Headline")
    app.do("type_here", words=HEADLINE)
    app.do("keys", keys=["Tab"], leads_to="Standfirst")
    app.do("type_here", words="After nine weeks.")
    app.do("keys", keys=["Tab"], leads_to="Byline")
    app.do("keys", keys=["Tab"], leads_to="Text of the report")
    app.do("type_here", words="## Nine weeks")
    app.do("keys", keys=["Return"])
    app.do("type_here", words=BODY)
    # Bold for one word by its shortcut, undone again by its own.
    app.do("keys", keys=["Ctrl+B"])
    app.do("type_here", words=" All of them.")
    app.do("wait", body=f"## Nine weeks\n\n{BODY} **All of them.**")
    app.do("keys", keys=["Shift+Tab"], leads_to="Byline")
    app.do("keys", keys=["Ctrl+S"])
    app.do("saved")


def illustrate(app: DrivenApp, photos: list[Path]) -> None:
    """Add photos by the file dialog, describe both, and put one into the text by the palette."""
    app.do("keys", keys=["Ctrl+Shift+I"], leads_to="File name:")
    app.do("type_here", words=" ".join(f'"{photo}"' for photo in photos))
    app.do("keys", keys=["Return"], leads_to="Photo 1 of 2, lead photo")
    app.do("wait", photos=2)
    for number, alt_text in ((1, ALT_TEXT), (2, "An empty flight of stairs")):
        app.do("keys", keys=["Tab", "Tab"], leads_to=f"Caption of photo {number}")
        app.do("type_here", words=f"Photo {number}, seen at noon.")
        app.do("keys", keys=["Tab"], leads_to=f"Credit of photo {number}")
        app.do("type_here", words="Ben Ortega")
        app.do("keys", keys=["Tab"], leads_to=f"Alt text of photo {number}")
        app.do("type_here", words=alt_text)
        if number == 1:
            app.do("keys", keys=["Tab"], leads_to="Photo 2 of 2")
    # Back into the text, to its end; the palette finds the command, and a menu asks which photo.
    app.do("keys", keys=["Ctrl+9"], leads_to="Text of the report")
    app.do("keys", keys=["Ctrl+End"])
    app.do("keys", keys=["Ctrl+Shift+P"], leads_to="Commands and reports")
    app.do("type_here", words="photo in")
    app.do("keys", keys=["Return", "Down", "Return"], leads_to="Text of the report")
    figure = app.do("look")["body"].rpartition("\n\n")[2]
    assert figure.startswith("![](photo:")
    app.do("saved")


def fill_what_is_missing(app: DrivenApp) -> None:
    """Ask to file; walk from what is missing to its field with Enter, again and again."""
    for words, field, typed in (
        ("Choose the section it is for.", "Section", None),
        ("Give the date of the event.", "Starts", "2026-03-14"),
        ("Say where the event took place.", "City or town", "Lodi"),
    ):
        # The keyboard is on the first thing that is missing.
        app.do("keys", keys=["Ctrl+Return"], leads_to=words)
        app.do("keys", keys=["Return"], leads_to=field)
        if typed is None:
            app.do("keys", keys=["Down"], leads_to=field)
        else:
            app.do("type_here", words=typed)
    app.do("saved")


def look_around(app: DrivenApp) -> None:
    """Go to the places, the list and the report by their shortcuts."""
    app.do("keys", keys=["Ctrl+3"])
    app.do("wait", place="filed")
    app.do("wait_words", words="Connected")
    app.do("keys", keys=["Ctrl+8"], leads_to="Reports")
    app.do("keys", keys=["Ctrl+Shift+F"], leads_to="Search reports")
    app.do("keys", keys=["Ctrl+9"], leads_to="Text of the report")
    app.do("keys", keys=["Ctrl+1"])
    app.do("wait", place="drafts")
