"""How the tree's formats are kept on Qt's: block kinds, runs and standing things.

Formats carry meaning and measures, never colours: colours come from the palette when a block is
painted (:mod:`.ink`, :mod:`.marks`, :mod:`.figures`), so that a change between light and dark
touches neither the undo stack nor the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextFormat

from reporterdesk.text.lines import PARAGRAPH, QUOTE, STANDING, Kind, LineStyle
from reporterdesk.text.normal import MAX_DEPTH
from reporterdesk.text.tree import Embed, Figure, Rule, Run
from reporterdesk.ui.typefaces import book_faces, size_of

OBJECT = "\ufffc"
"""The character that stands for a thing in a text (Unicode: object replacement character)."""

HARD_BREAK = "\u2028"
"""Qt's line separator, the hard line break inside a block."""

_USER = QTextFormat.Property.UserProperty.value
_KIND = _USER + 1
_LEVEL = _USER + 2
_ORDERED = _USER + 3
_DEPTH = _USER + 4
_PHOTO_ID = _USER + 5
_EMBED_URL = _USER + 6

_USER_OBJECT = QTextFormat.ObjectTypes.UserObject.value
RULE_OBJECT = _USER_OBJECT + 1
FIGURE_OBJECT = _USER_OBJECT + 2
EMBED_OBJECT = _USER_OBJECT + 3
OBJECT_TYPES = (RULE_OBJECT, FIGURE_OBJECT, EMBED_OBJECT)

INDENT_WIDTH = 28.0
"""One step of a list or quote, in logical pixels."""

DEEPEST = MAX_DEPTH - 1
"""How deep a list may be nested by hand."""

BODY_POINT_SIZE = 13.0

_SINGLE = QTextBlockFormat.LineHeightTypes.SingleHeight.value
_LEADED = QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value

# kind → space above, space below and leading between lines, in logical pixels. Qt lets neighbouring
# margins collapse into the larger one. Leading in pixels, not a proportional line height: a
# Nastaliq line is already twice as high as a Latin one.
_MEASURES: dict[Kind, tuple[float, float, float]] = {
    Kind.PARAGRAPH: (12, 12, 5),
    Kind.HEADING: (26, 9, 2),
    Kind.ITEM: (4, 4, 5),
    Kind.QUOTE: (12, 12, 5),
    Kind.STANDING: (16, 16, 0),
}

# Kinds that need no more to be told, as numbers; 0 is that of a block without our properties.
_SIMPLE = {0: PARAGRAPH, **{int(each.kind): each for each in (PARAGRAPH, QUOTE, STANDING)}}

# Qt's scale of relative sizes: 2 is 1.5 times the body's size, 1 is 1.2 times.
_HEADING_SIZES = {2: 2, 3: 1}


def body_font(point_size: float = BODY_POINT_SIZE, language: str = "") -> QFont:
    """Return the font of a body text in ``language``, a BCP 47 tag."""
    font = QFont()
    font.setFamilies(book_faces(language))
    font.setPointSizeF(point_size * size_of(language))
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


def block_format(style: LineStyle) -> QTextBlockFormat:
    """Return the block format for ``style``."""
    above, below, leading = _MEASURES[style.kind]
    made = QTextBlockFormat()
    made.setProperty(_KIND, int(style.kind))
    made.setTopMargin(above)
    made.setBottomMargin(below)
    if style.kind is Kind.STANDING:
        made.setLineHeight(0, _SINGLE)
    else:
        made.setLineHeight(leading, _LEADED)
    if style.kind is Kind.HEADING:
        made.setProperty(_LEVEL, style.level)
        made.setHeadingLevel(style.level)
    elif style.kind is Kind.ITEM:
        made.setProperty(_ORDERED, style.ordered)
        made.setProperty(_DEPTH, style.depth)
        # Qt puts the indent on the side where reading starts.
        made.setIndent(style.depth + 1)
    elif style.kind is Kind.QUOTE:
        made.setIndent(1)
    return made


def style_of(block: QTextBlock) -> LineStyle:
    """Return what ``block`` is; a block without our properties is a paragraph."""
    made = block.blockFormat()
    kind = made.intProperty(_KIND)
    simple = _SIMPLE.get(kind)  # most blocks, and each key asks several times
    if simple is not None:
        return simple
    if kind == Kind.HEADING:
        return LineStyle(Kind.HEADING, level=made.intProperty(_LEVEL))
    ordered, depth = made.boolProperty(_ORDERED), made.intProperty(_DEPTH)
    return LineStyle(Kind(kind), ordered=ordered, depth=depth)


def caret_format(style: LineStyle) -> QTextCharFormat:
    """Return the format that gives the caret of an empty block its height; no meaning in it."""
    made = QTextCharFormat()
    if style.kind is Kind.HEADING:
        made.setProperty(QTextFormat.Property.FontSizeAdjustment, _HEADING_SIZES[style.level])
    return made


def drawn_format(style: LineStyle) -> QTextCharFormat:
    """Return the size and weight that a block's words are drawn with."""
    made = caret_format(style)
    if style.kind is Kind.HEADING:
        made.setFontWeight(QFont.Weight.Bold)
    return made


def run_format(run: Run) -> QTextCharFormat:
    """Return the character format for ``run``."""
    made = QTextCharFormat()
    if run.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        made.setFontItalic(True)
    if run.link is not None:
        made.setAnchor(True)
        made.setAnchorHref(run.link)
    return made


def run_of(text: str, made: QTextCharFormat) -> Run:
    """Return the run that ``text`` in the format ``made`` is."""
    return Run(
        text,
        bold=made.fontWeight() >= QFont.Weight.DemiBold,
        italic=made.fontItalic(),
        link=made.anchorHref() if made.isAnchor() else None,
    )


def standing_format(block: Rule | Figure | Embed) -> QTextCharFormat:
    """Return the character format that makes :data:`OBJECT` stand for ``block``."""
    made = QTextCharFormat()
    match block:
        case Rule():
            made.setObjectType(RULE_OBJECT)
        case Figure(photo_id):
            made.setObjectType(FIGURE_OBJECT)
            made.setProperty(_PHOTO_ID, photo_id)
        case Embed(url):
            made.setObjectType(EMBED_OBJECT)
            made.setProperty(_EMBED_URL, url)
    return made


def standing_of(made: QTextFormat) -> Rule | Figure | Embed | None:
    """Return what an :data:`OBJECT` in the format ``made`` stands for; None: nothing of ours."""
    kind = made.objectType()
    if kind == RULE_OBJECT:
        return Rule()
    if kind == FIGURE_OBJECT:
        return Figure(made.stringProperty(_PHOTO_ID))
    if kind == EMBED_OBJECT:
        return Embed(made.stringProperty(_EMBED_URL))
    return None


def pieces(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    """Yield position, text and format of each stretch of one format in ``block``."""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            yield fragment.position(), fragment.text(), fragment.charFormat()
        iterator += 1
