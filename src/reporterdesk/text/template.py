"""What stands in the place of what was found: words, with the groups of an expression in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reporterdesk.domain.errors import PatternError
from reporterdesk.text.cleaning import clean_text
from reporterdesk.text.pattern import Found, Pattern

# \1 $1 \g<1> \g<name> ${1} ${name}; $0 and $& are all that was found; \n \t \\ $$ are characters.
_PART = re.compile(
    r"[\\$](\d{1,2})|(?:\\g<|(\$\{))(\w+)(?(2)\}|>)|(\$&)|\\([nt\\$])|(\$\$)", re.ASCII
)
_CHARACTERS = {"n": "\n", "t": "\t", "\\": "\\", "$": "$"}


@dataclass(frozen=True, slots=True)
class Template:
    """Literal words and numbers of groups, in turn; 0 is all that was found."""

    parts: tuple[str | int, ...]

    def words(self, text: str, found: Found) -> str:
        """Return what replaces ``found``, which stands in ``text``; a group not there is empty."""
        return "".join(
            part if isinstance(part, str) else self._group(part, text, found) for part in self.parts
        )

    @staticmethod
    def _group(number: int, text: str, found: Found) -> str:
        if number == 0:
            return text[found.start : found.end]
        return found.groups[number - 1] or ""


def read_template(typed: str, pattern: Pattern, *, expression: bool) -> Template:
    """Return what ``typed`` stands for; in an ``expression``'s place with its groups.

    :raises PatternError: it names a group that the expression does not have.
    """
    typed = clean_text(typed)
    if not expression:
        return Template((typed,))
    parts: list[str | int] = []
    at = 0
    for found in _PART.finditer(typed):
        parts.append(typed[at : found.start()])
        parts.extend(_read(found, pattern))
        at = found.end()
    parts.append(typed[at:])
    return Template(tuple(part for part in parts if part != ""))


def _read(found: re.Match[str], pattern: Pattern) -> tuple[str | int, ...]:
    digits, _, name, whole, character, dollar = found.groups()
    if digits:
        number = int(digits)
        if number > pattern.groups and len(digits) == 2:  # $12 may be group 1 and then a 2
            return _group(digits[0], pattern), digits[1]
        return (_group(digits, pattern),)
    if name:
        return (_group(name, pattern),)
    if whole:
        return (0,)
    return ("$" if dollar else _CHARACTERS[character],)


def _group(name: str, pattern: Pattern) -> int:
    number = int(name) if name.isdecimal() else pattern.names.get(name, -1)
    if 0 <= number <= pattern.groups:
        return number
    raise PatternError(f"The expression has no group “{name}”.")
