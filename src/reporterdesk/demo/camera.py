"""Takes the pictures of the walkthrough: of real windows, and of published pages."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QTextBrowser, QWidget

from reporterdesk.domain.errors import ReporterDeskError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_INDENT = 60
"""Pixels that Qt sets a figure in from each side, and a little more."""
_BROWSER_TIMEOUT = 60
"""Seconds that a browser may take for one page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the walkthrough."""

    file: Path
    title: str
    words: str


class Camera:
    """Numbers and keeps the pictures. Lives on the UI thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self.pictures: list[Picture] = []

    def window(self, widget: QWidget, name: str, title: str, words: str) -> None:
        """Take a picture of a window as it stands.

        :raises ReporterDeskError: the window is empty or the picture could not be written.
        """
        file = self._next(name)
        picture = widget.grab()
        if picture.isNull() or not picture.save(str(file)):
            raise ReporterDeskError(f"No picture of “{title}” could be taken.")
        self.pictures.append(Picture(file, title, words))

    def page(self, url: str, name: str, title: str, words: str, *, size: tuple[int, int]) -> None:
        """Take a picture of a published page: in an installed browser, else as Qt shows it.

        :raises ReporterDeskError: the page does not answer, or no picture came of it.
        """
        file = self._next(name)
        browser = next((found for found in map(shutil.which, _BROWSERS) if found), None)
        if browser is not None:
            _by_browser(browser, url, file, size)
        else:
            _by_qt(url, file, size)
        if not file.is_file() or QImage(str(file)).isNull():
            raise ReporterDeskError(f"No picture of {url} could be taken.")
        self.pictures.append(Picture(file, title, words))

    def _next(self, name: str) -> Path:
        return self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"


def _by_browser(browser: str, url: str, file: Path, size: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *_QUIET, f"--user-data-dir={profile}"]
        command += [f"--window-size={size[0]},{size[1]}", f"--screenshot={file}", url]
        subprocess.run(  # noqa: S603 - an installed browser, our own arguments, no shell
            command, check=False, capture_output=True, timeout=_BROWSER_TIMEOUT
        )


class _Page(QTextBrowser):
    """Shows a page's HTML with its pictures, which come from the demo's own server."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = QUrl(address)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Fetch from the page's own server, and from nowhere else."""
        url = self._address.resolved(QUrl(name))
        if url.host() != self._address.host():
            return None
        with urllib.request.urlopen(url.toString(), timeout=10) as answer:  # noqa: S310 - loopback
            data = answer.read()
        if kind == 2:  # QTextDocument.ResourceType.ImageResource
            return QImage.fromData(data).scaledToWidth(min(720, self.width() - 2 * _INDENT))
        return ""


def _by_qt(url: str, file: Path, size: tuple[int, int]) -> None:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the demo's own server
        html = answer.read().decode("utf-8")
    page = _Page(url)
    page.resize(*size)
    page.setHtml(html)
    image = QImage(page.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    page.render(painter, QPoint(0, 0))
    painter.end()
    image.save(str(file))
