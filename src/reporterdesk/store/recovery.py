"""The recovery code: the store's key as 24 words that a person can write down.

BIP-39 (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki): 2,048 English words, each
told by its first four letters, and 8 bits of a checksum in the last one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reporterdesk.domain.errors import WrongRecoveryCode
from reporterdesk.store.key import StoreKey

if TYPE_CHECKING:
    from mnemonic import Mnemonic

WORDS = 24
_TELLING_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")


def words_of_key(key: StoreKey) -> tuple[str, ...]:
    """Return the recovery code of ``key``: 24 lower-case words."""
    return tuple(_english().to_mnemonic(key.data).split())


def key_of_words(typed: str) -> StoreKey:
    """Return the key of a recovery code as a person types it.

    Capitals, spaces, lines, commas and numbers before the words do not matter, and the first four
    letters of a word are enough.

    :raises WrongRecoveryCode: there are more words or fewer, one is none of the list, or they do
        not fit together. It says which, and never holds a word.
    """
    code = _english()
    found = _WORD.findall(unicodedata.normalize("NFKC", typed).casefold())
    words = [_whole_word(word, code.wordlist) for word in found]
    strange = [number for number, word in enumerate(words, start=1) if word is None]
    if strange and len(words) <= WORDS:
        raise WrongRecoveryCode(
            f"Word {strange[0]} is none of the words that recovery codes are made of."
        )
    if len(words) != WORDS:
        raise WrongRecoveryCode(
            f"A recovery code has {WORDS} words, and there are {len(words)} here."
        )
    try:
        return StoreKey(bytes(code.to_entropy([word for word in words if word is not None])))
    except (ValueError, LookupError):
        raise WrongRecoveryCode(
            "These words do not fit together: one is mistyped, or two have changed places."
        ) from None


def _whole_word(typed: str, listed: list[str]) -> str | None:
    """Return the word of the list that is meant, if one is."""
    if typed in listed:
        return typed
    if len(typed) < _TELLING_LETTERS:
        return None
    return next((word for word in listed if word.startswith(typed)), None)


def _english() -> Mnemonic:
    from mnemonic import Mnemonic

    return Mnemonic("english")
