"""The quotation marks of each language.

From the Unicode CLDR, ``delimiters/quotationStart`` to ``alternateQuotationEnd`` of each language
(https://cldr.unicode.org/translation/core-data/delimiters). The house departs from it where a
comment says so. Marks stand in the order in which they are written: the opening one first, also
from right to left.
"""

from __future__ import annotations

from dataclasses import dataclass

NARROW = "\u202f"
"""Narrow no-break space, inside French guillemets and before ``;``, ``!`` and ``?``."""

NO_BREAK = "\u00a0"
"""No-break space, before a French colon."""

APOSTROPHE = "’"


@dataclass(frozen=True, slots=True)
class Quotes:
    """What one language writes around quoted words, and around a quote within a quote."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    inside: str = ""
    """The space between the marks and what they hold."""
    spaced: bool = True
    """Whether words have spaces between them, which tell an opening mark from a closing one."""

    @property
    def inner_single(self) -> bool:
        """Whether the inner marks are what people type a single straight quote for."""
        return self.inner_opening in {"‘", "‚", "’", "‹", "『"}


_ENGLISH = Quotes("“", "”", "‘", "’")
_GERMAN = Quotes("„", "“", "‚", "‘")
_RIGHT_ONLY = Quotes("”", "”", "’", "’")
_ARABIC = Quotes("”", "“", "’", "‘")
_LATIN = Quotes("«", "»", "“", "”")
_RUSSIAN = Quotes("«", "»", "„", "“")
_POLISH = Quotes("„", "”", "«", "»")
_SINGLE_GUILLEMETS = Quotes("«", "»", "‹", "›")
_CORNERS = Quotes("「", "」", "『", "』", spaced=False)
_UNSPACED = Quotes("“", "”", "‘", "’", spaced=False)

_BY_LANGUAGE: dict[str, Quotes] = {
    **dict.fromkeys(("ar", "ur"), _ARABIC),
    **dict.fromkeys(("cs", "de", "et", "hr", "is", "sk", "sl"), _GERMAN),
    # The Swiss write guillemets (Federal Chancellery, "Schreibweisungen"); CLDR has no row for it.
    "de-ch": _SINGLE_GUILLEMETS,
    **dict.fromkeys(("ca", "el", "it", "pt-pt"), _LATIN),
    # Spanish papers write “ ” as CLDR does; the Academy's « » are for books.
    "fa": _SINGLE_GUILLEMETS,
    **dict.fromkeys(("fi", "he", "sv"), _RIGHT_ONLY),
    # CLDR repeats « » inside; the Imprimerie nationale's “ ” tell the two levels apart.
    "fr": Quotes("«", "»", "“", "”", inside=NARROW),
    "fr-ch": Quotes("«", "»", "‹", "›", inside=NARROW),
    "hu": Quotes("„", "”", "»", "«"),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo"), _CORNERS),
    **dict.fromkeys(("nb", "nn", "no"), Quotes("«", "»", "‘", "’")),
    **dict.fromkeys(("pl", "ro"), _POLISH),
    **dict.fromkeys(("be", "ru", "uk"), _RUSSIAN),
    "sr": Quotes("„", "”", "’", "’"),
    # CLDR has the same marks at both levels; the inner ones are told apart here.
    **dict.fromkeys(("bg", "lt"), _GERMAN),
    **dict.fromkeys(("km", "lo", "my", "th", "zh"), _UNSPACED),
    # And “ ” ‘ ’ for da, en, es, hi, id, ko, lv, pt, sw, tr, vi and all that are not named. Also
    # for nl, where CLDR has ‘ ’ outside: a double quote that is typed stays double.
}


def quotes_of(language: str) -> Quotes:
    """Return the marks of a language by its BCP 47 tag; of one not known, those of English."""
    parts = language.strip().lower().replace("_", "-").split("-")
    for part in parts[1:]:
        if found := _BY_LANGUAGE.get(f"{parts[0]}-{part}"):
            return found
    return _BY_LANGUAGE.get(parts[0], _ENGLISH)
