"""DOCX files as Word writes them, as far as the tests need, and broken ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="jpg" ContentType="image/jpeg"/>
<Default Extension="emf" ContentType="image/x-emf"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<?xml version="1.0"?><Relationships'
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_REL}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    "<w:body>{}</w:body></w:document>"
)
_STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:styles>'
)
_NAMES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2", "Quote": "Quote"}
_NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


@dataclass
class DocxFile:
    """A document that is put together; ``data()`` is the file."""

    _body: list[str] = field(default_factory=list)
    _links: list[str] = field(default_factory=list)
    _parts: dict[str, bytes] = field(default_factory=dict)

    def paragraph(self, words: str, style: str = "", *, bold: bool = False) -> DocxFile:
        """Add a paragraph of a style."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        shown = "<w:rPr><w:b/></w:rPr>" if bold else ""
        return self._add(named, f'<w:r>{shown}<w:t xml:space="preserve">{words}</w:t></w:r>')

    def item(self, words: str, level: int = 0) -> DocxFile:
        """Add a list item."""
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return self._add(place, f"<w:r><w:t>{words}</w:t></w:r>")

    def link(self, words: str, address: str) -> DocxFile:
        """Add a paragraph that is a link."""
        name = self._relation("hyperlink", address, outside=True)
        return self._add(
            "", f'<w:hyperlink r:id="{name}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
        )

    def picture(self, data: bytes, alt: str = "", ending: str = "jpg") -> DocxFile:
        """Add a picture that is in the file."""
        target = f"media/image{len(self._parts) + 1}.{ending}"
        self._parts[f"word/{target}"] = data
        return self._drawing(f'r:embed="{self._relation("image", target)}"', alt)

    def linked_picture(self, address: str, alt: str) -> DocxFile:
        """Add a picture that lies elsewhere."""
        return self._drawing(f'r:link="{self._relation("image", address, outside=True)}"', alt)

    def data(self, more: Mapping[str, bytes] | None = None) -> bytes:
        """Return the file; ``more`` are parts that are added or put in place of its own."""
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
            for key, name in _NAMES.items()
        )
        start = f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        parts = {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELS.format(start).encode(),
            "word/document.xml": _DOCUMENT.format("".join(self._body)).encode(),
            "word/styles.xml": _STYLES.format(styles).encode(),
            "word/numbering.xml": _NUMBERING.encode(),
            "word/_rels/document.xml.rels": _RELS.format("".join(self._links)).encode(),
            **self._parts,
            **(more or {}),
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(name, content)
        return file.getvalue()

    def _add(self, properties: str, runs: str) -> DocxFile:
        self._body.append(f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
        return self

    def _relation(self, kind: str, target: str, *, outside: bool = False) -> str:
        name = f"rId{len(self._links) + 10}"
        mode = ' TargetMode="External"' if outside else ""
        self._links.append(
            f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"{mode}/>'
        )
        return name

    def _drawing(self, source: str, alt: str) -> DocxFile:
        picture = (
            f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic>'
            f"<a:graphicData><pic:pic><pic:blipFill><a:blip {source}/></pic:blipFill></pic:pic>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return self._add("", picture)


def protected_docx() -> bytes:
    """Return the begin and the directory of a file that Word has encrypted ([MS-OFFCRYPTO])."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
