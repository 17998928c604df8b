"""A whole report as a reporter writes it in the window, with three photos from a camera."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from support.driving import DrivenApp
from support.jpegs import make_jpeg

HEADLINE = "Sixty boats, one bridge: the river day of Łódź"
STANDFIRST = "The mayor came by tram & left by raft."
BODY = (
    "At ten the first of sixty boats <passed> the old bridge – “early”, said Ola Wit, and waved.",
    "## What the children built",
    "Rafts of bottles, of straw, and one of 1,200 corks.",
    "- the corks came from three villages",
    "two rafts sank",
)
"""As it is typed: a heading, then a list; the Enter after an item begins the next one."""
SENTENCES = ("the old bridge", "Rafts of bottles", "the corks came from three villages")
EVENT = {
    "Event": "River Day",
    "Starts": "2026-03-14",
    "Venue": "The old harbour",
    "City or town": "Łódź",
    "People who came": "450",
}


@dataclass(frozen=True)
class Shot:
    """A photo on the camera's card, and the words for it."""

    file: Path
    caption: str
    alt_text: str


def take_photos(folder: Path) -> tuple[Shot, ...]:
    """Return three JPEGs with EXIF: where they were taken, and which way the camera was held."""
    folder.mkdir(parents=True, exist_ok=True)
    shots = []
    for number, (orientation, size, caption, alt_text) in enumerate(
        (
            (1, (1600, 1200), "The first boat passes the bridge.", "A small boat under an arch"),
            (6, (1200, 1600), "The raft of corks, before it sank.", "Children on a round raft"),
            (3, (2400, 1600), "Mayor Zofia Ćwik on the last raft.", "A woman stands on planks"),
        )
    ):
        file = folder / f"DSC_{number:04d}.JPG"
        file.write_bytes(make_jpeg(*size, orientation=orientation, gps=True, seed=number))
        shots.append(Shot(file, caption, alt_text))
    return tuple(shots)


def write_report(app: DrivenApp, shots: tuple[Shot, ...]) -> str:
    """Write the whole report in the window, photos and facts included; return its id."""
    app.do("choose", action="report.new")
    app.do("type", into="Headline", words=HEADLINE)
    app.do("type", into="Standfirst", words=STANDFIRST)
    app.do("write", paragraphs=list(BODY))
    app.do("press", text="Event")
    for name, words in EVENT.items():
        app.do("type", into=name, words=words)
    if shots:
        app.do("drop", files=[str(shot.file) for shot in shots])
        for number, shot in enumerate(shots):
            app.do("describe", number=number, caption=shot.caption, alt_text=shot.alt_text)
    app.do("saved")
    report_id = app.do("look")["report_id"]
    assert isinstance(report_id, str)
    return report_id
