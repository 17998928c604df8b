"""Files into texts: plain, Markdown, HTML and DOCX, and what is not what it says."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporterdesk.domain.errors import (
    FileDamaged,
    FileProtected,
    FileTooLarge,
    FileUnreadable,
    IncomingError,
    NotWhatItSays,
)
from reporterdesk.text.incoming import docx, files
from reporterdesk.text.incoming.docx import from_docx
from reporterdesk.text.incoming.files import read_file
from reporterdesk.text.incoming.kinds import is_text_file
from reporterdesk.text.incoming.markdown_file import from_markdown
from reporterdesk.text.incoming.plain import from_plain
from reporterdesk.text.normal import normalise
from reporterdesk.text.print import to_markdown
from support.docx_files import DocxFile, protected_docx
from support.trees import soups

PLAIN = {
    "a\nb": "a\n\nb",
    "a\n\nb\nc": "a\n\nb\\\nc",
    "a\r\n\r\n\r\nb\u2028c": "a\n\nb\\\nc",
    "Now:\n• a\n• b\n\nend": "Now:\n\n- a\n- b\n\nend",
    "• one": "- one",
    "1. a\n2) b\n\nend": "1. a\n2. b\n\nend",
    "- a\n- b": "- a\n- b",
    "- said he\n\nand left": "\\- said he\n\nand left",
    "1944. A year\n1945. Another": "1944\\. A year\n\n1945\\. Another",
    "# no heading *at all*": "# no heading \\*at all\\*",
    "\u200f• سلام\n\u200f• دنیا": "- سلام\n- دنیا",
    f"{'word ' * 13}\n{'word ' * 12}\nend.\n\nnext": f"{'word ' * 25}end.\n\nnext",
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.items())
def test_plain_text(text: str, expected: str) -> None:
    assert to_markdown(from_plain(text).document) == expected


@pytest.mark.parametrize(
    ("text", "headline"),
    [("A fire\n\nIt burned.", "A fire"), ("A fire\nIt burned.", ""), ("A fire", "")],
)
def test_a_first_line_that_stands_alone_is_the_headline(text: str, headline: str) -> None:
    incoming = from_plain(text, as_report=True)
    assert incoming.headline == headline
    assert to_markdown(incoming.document).startswith("It" if headline else "A fire")


def test_markdown_of_other_programs(tmp_path: Path) -> None:
    incoming = from_markdown(
        '---\ntitle: "On the *pier*"\nlang: de\n---\n\nHead\n----\n\n# One\n\n'
        "see [here][1] and ~x~\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* x\n    1. y\n\n"
        "![A boat](boat.jpg)\n\n<script>no</script>\n\n"
        "```\ncode\n```\n\n[1]: https://e.org\n",
        folder=tmp_path,
        as_report=True,
    )
    assert (incoming.headline, incoming.language) == ("On the *pier*", "de")
    assert [each.source for each in incoming.pictures] == [tmp_path / "boat.jpg"]
    assert to_markdown(incoming.document) == (
        "## Head\n\n## One\n\nsee [here](https://e.org) and ~x~\n\na | b\n\n1 | 2\n\n"
        "- x\n    1. y\n\n![](photo:incoming-1)\n\ncode"
    )


@pytest.mark.parametrize(
    "piece", ["[a](", "![a", "<a ", "`a", "**a", "> ", "[x](<", "```\n", "    - a\n"]
)
@pytest.mark.timeout(20)
def test_markdown_that_nobody_wrote_ends_soon(piece: str) -> None:
    found = from_markdown(piece * 20_000)
    assert normalise(found.document) == found.document


@given(soups)
def test_any_string_is_some_markdown_and_some_text(text: str) -> None:
    for found in (from_markdown(text, as_report=True), from_plain(text, as_report=True)):
        assert normalise(found.document) == found.document


def _report() -> DocxFile:
    return (
        DocxFile()
        .paragraph("Night at the fair", "Title")
        .paragraph("First ", bold=True)
        .paragraph("What happened", "Heading1")
        .item("bullets")
        .item("numbers", level=1)
        .paragraph("He said so.", "Quote")
        .link("the fair", "https://fair.example.org/?a=1&amp;b=2")
    )


def test_a_docx() -> None:
    incoming = from_docx(_report().data(), as_report=True)
    assert incoming.headline == "Night at the fair"
    assert to_markdown(incoming.document) == (
        "**First**\n\n## What happened\n\n- bullets\n    1. numbers\n\n> He said so.\n\n"
        "[the fair](https://fair.example.org/?a=1&b=2)"
    )


def test_the_pictures_of_a_docx_in_their_order() -> None:
    first, second = bytes(range(256)) * 3, bytes(range(255, -1, -1)) * 3
    made = DocxFile().paragraph("a").picture(first, "One").paragraph("b").picture(second)
    made.linked_picture("http://127.0.0.1:1/spy.jpg", "Elsewhere")
    made.linked_picture("file:///etc/passwd", "On the disk").picture(b"drawing", "Drawn", "emf")
    incoming = from_docx(made.data())
    assert [(each.source, each.alt_text) for each in incoming.pictures] == [
        (first, "One"),
        (second, ""),
    ]
    assert to_markdown(incoming.document) == (
        "a\n\n![](photo:incoming-1)\n\nb\n\n![](photo:incoming-2)\n\n"
        "Elsewhere\n\nOn the disk\n\nDrawn"
    )


def test_a_map_of_styles_inside_a_docx_is_not_obeyed() -> None:
    data = _report().data({"mammoth/style-map": b"p => script:fresh"})
    assert to_markdown(from_docx(data).document).startswith("## Night at the fair")


_BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (protected_docx(), FileProtected),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), NotWhatItSays),
        (b"<html><p>x</html>", NotWhatItSays),
        (_report().data()[:900], FileDamaged),
        (_report().data({"word/document.xml": b"<w:document"}), FileDamaged),
        (_report().data({"word/document.xml": _BOMB}), FileDamaged),
        (_report().data({"word/document.xml": _BOMB.decode().encode("utf-16")}), FileDamaged),
        (_report().data({"word/document.xml": b"<p>" * 20_000 + b"</p>" * 20_000}), IncomingError),
    ],
    ids=["password", "doc", "html", "cut", "xml", "bomb", "bomb in UTF-16", "nested"],
)
def test_a_docx_that_is_none(data: bytes, error: type[IncomingError]) -> None:
    with pytest.raises(error):
        from_docx(data)


def test_a_docx_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_XML", 1000)
    with pytest.raises(FileTooLarge):
        from_docx(_report().data())


def test_a_spreadsheet_that_is_called_docx(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(NotWhatItSays):
        read_file(file)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_docx_or_a_known_error(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(IncomingError):
            from_docx(start + data)


@pytest.mark.parametrize(
    ("name", "data", "headline", "body"),
    [
        ("a.txt", "Überschrift\n\nText".encode("utf-8-sig"), "Überschrift", "Text"),
        ("a.txt", "Überschrift\n\nText".encode("utf-16"), "Überschrift", "Text"),
        ("a.TXT", "Größe\n\n“x”".encode("cp1252"), "Größe", "“x”"),
        ("a.htm", "<meta charset=windows-1251><h1>Пожар</h1>Дом".encode("cp1251"), "Пожар", "Дом"),
        ("a.html", "<meta charset=nonsense><h1>Gr\xf6\xdfe</h1>x".encode("latin-1"), "Größe", "x"),
        ("a.md", b"# One\n\ntwo\n", "One", "two"),
        ("a.docx", _report().data(), "Night at the fair", "**First**"),
    ],
)
def test_files_by_name_and_content(
    tmp_path: Path, name: str, data: bytes, headline: str, body: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert is_text_file(file)
    incoming = read_file(file)
    assert incoming.headline == headline
    assert to_markdown(incoming.document).startswith(body)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", FileUnreadable),
        ("a.txt", b" \r\n", FileUnreadable),
        ("a.txt", b"\x89PNG\r\n\x1a\n", NotWhatItSays),
        ("a.md", b"words \x00 and more", NotWhatItSays),
        ("a.html", b"%PDF-1.7", NotWhatItSays),
        ("a.txt", b"{\\rtf1 x}", NotWhatItSays),
        ("a.html", _report().data(), NotWhatItSays),
        ("a.docx", b"just words", NotWhatItSays),
    ],
)
def test_files_that_are_not_what_they_say(
    tmp_path: Path, name: str, data: bytes, error: type[IncomingError]
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(error) as caught:
        read_file(file)
    assert str(caught.value).endswith(".")


def test_what_is_no_file_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a.txt"
    folder.mkdir()
    gone = tmp_path / "b.txt"
    for path in (folder, gone):
        with pytest.raises(FileUnreadable):
            read_file(path)
    gone.write_text("words " * 50)
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    with pytest.raises(FileTooLarge):
        read_file(gone)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    with pytest.raises(FileUnreadable):
        read_file(pipe)


def test_other_files_are_none_of_ours() -> None:
    assert not any(map(is_text_file, map(Path, ("a.jpg", "a.doc", "a.pdf", "docx", "a"))))
