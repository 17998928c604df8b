"""HTML as applications really put it on the clipboard, with the text it is to become beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporterdesk.text.incoming.html import from_html
from reporterdesk.text.normal import normalise
from reporterdesk.text.print import to_markdown
from reporterdesk.text.tree import Figure

SAMPLES = sorted((Path(__file__).parent / "clipboard").glob("*.html"))


def test_there_are_samples_enough() -> None:
    assert len(SAMPLES) >= 25


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_becomes_its_text(sample: Path) -> None:
    incoming = from_html(sample.read_text("utf-8"))
    assert to_markdown(incoming.document) == sample.with_suffix(".md").read_text("utf-8").rstrip()
    assert normalise(incoming.document) == incoming.document
    assert not incoming.cut
    figures = [block.photo_id for block in incoming.document.blocks if isinstance(block, Figure)]
    assert figures == [picture.place for picture in incoming.pictures]
    for picture in incoming.pictures:
        assert isinstance(picture.source, Path) or picture.source[:3] == b"\xff\xd8\xff"
