"""A copy of an encrypted file in which SQLite can look at damaged pages, too.

SQLCipher signs each page, and after the first wrong signature it refuses the whole connection. In
the copy, a page whose signature is wrong gets the right one; what it holds stays the rubbish that
it is, and SQLite judges that as it does in a plain file. The format is that of SQLCipher 4
(https://www.zetetic.net/sqlcipher/design/): pages of 4096 bytes, of which the last 80 are 16 of
initialisation vector and 64 of HMAC-SHA-512; the file begins with 16 bytes of salt.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
from pathlib import Path

from reporterdesk.domain.errors import StoreFull
from reporterdesk.store.faults import known_os_error
from reporterdesk.store.key import KEY_BYTES, StoreKey

_PAGE = 4096
_SALT = 16
_SIGNATURE = 64
_MASK = 0x3A
_ROUNDS = 2


def copy_signed(source: Path, target: Path, key: StoreKey) -> int:
    """Copy ``source`` with its log, sign what is signed wrongly, and return how many pages that is.

    The first page is copied as it is: without it, nothing opens.

    :raises StoreFull: there is no room for the copy.
    :raises StoreUnreadable: a file may not be read or written.
    """
    log = source.with_name(source.name + "-wal")
    try:
        if shutil.disk_usage(target.parent).free < source.stat().st_size:
            raise StoreFull
        if log.is_file():
            shutil.copyfile(log, target.with_name(target.name + "-wal"))
        with source.open("rb") as read, target.open("wb") as written:
            first = read.read(_PAGE)
            written.write(first)
            signing = _signing_key(key, first[:_SALT])
            number, signed = 1, 0
            while len(page := read.read(_PAGE)) == _PAGE:
                number += 1
                right = _signature(signing, page, number)
                signed += right != page[-_SIGNATURE:]
                written.write(page[:-_SIGNATURE] + right)
            return signed
    except OSError as error:
        raise known_os_error(error, target) from error


def _signing_key(key: StoreKey, salt: bytes) -> bytes:
    masked = bytes(byte ^ _MASK for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", key.data, masked, _ROUNDS, KEY_BYTES)


def _signature(signing: bytes, page: bytes, number: int) -> bytes:
    return hmac.digest(signing, page[:-_SIGNATURE] + number.to_bytes(4, "little"), "sha512")
