"""What the steps of the walkthrough share: the stage, the camera, and whose hands they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from reporterdesk.demo.camera import Camera
from reporterdesk.demo.hands import DidNotHappen, Hands
from reporterdesk.demo.newsroom import SamplePerson, sample_people
from reporterdesk.demo.pictures import make_photo
from reporterdesk.demo.stage import Stage
from reporterdesk.domain.status import Status


@dataclass
class Tour:
    """One walk. Lives on the UI thread."""

    stage: Stage
    camera: Camera
    folder: Path
    reporter: SamplePerson = field(default_factory=lambda: sample_people()[0])
    editor: SamplePerson = field(default_factory=lambda: sample_people()[-1])
    page: str = ""
    _hands: Hands | None = None

    @property
    def hands(self) -> Hands:
        """Whoever sits at the laptop now."""
        if self._hands is None:
            raise DidNotHappen("Nobody has opened a laptop yet.")
        return self._hands

    def sit_down(self, person: SamplePerson) -> None:
        """Open this person's laptop."""
        desktop = self.stage.open(person)
        desktop.window.resize(1440, 900)
        self._hands = Hands(desktop)
        self.hands.wait_until(
            lambda: desktop.account.account is not None, f"{person.name} is signed in"
        )
        self.hands.settle()

    def take(self, name: str, title: str, words: str) -> None:
        """Take a picture of the window."""
        self.hands.settle()
        self.camera.window(self.hands.desktop.window, name, title, words)

    def drop_photos(
        self, scenes: Sequence[str], taken: datetime, *, size: tuple[int, int] = (3_000, 2_000)
    ) -> None:
        """Drop a photo of each scene onto the report, taken a minute apart."""
        files = []
        for number, scene in enumerate(scenes):
            file = self.folder / f".camera-{number}.jpg"
            at = taken + timedelta(minutes=number)
            photo = make_photo(scene, 7 + number, size=size, taken=at, artist="Amira Lodhi")
            file.write_bytes(photo)
            files.append(file)
        self.hands.drop(files)
        for file in files:
            file.unlink()


def standing(hands: Hands) -> Status | None:
    """Return the status of the report that is open."""
    return hands.desktop.window.pane.status


def waits(hands: Hands) -> bool:
    """Tell whether anything is not wholly delivered."""
    return hands.desktop.outgoing.waiting > 0
