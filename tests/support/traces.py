"""Looking for secrets in every file below a folder, as ``strings`` and a careful thief would."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Trace:
    """A secret that was found: its name, and the file that has it, or whose name tells it."""

    secret: str
    file: Path


def written_forms(secret: str | bytes) -> set[bytes]:
    """Return how a secret may stand in a file.

    Words as UTF-8 and UTF-16, bytes as they are and in hexadecimal, each in small letters, as the
    search folds them; all of them in Base64, too, without its ends, which depend on what is beside.
    """
    if isinstance(secret, bytes):
        plain = {secret, secret.hex().encode()}
    else:
        plain = {secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
        plain |= {secret.casefold().encode(), secret.casefold().encode("utf-16-le")}
    shifted = {bytes(shift) + form for form in plain for shift in range(3)}
    base = {base64.b64encode(form)[4:-4] for form in shifted}
    return {form.lower() for form in plain} | {form.lower() for form in base if len(form) >= 8}


def traces(folders: Iterable[Path], secrets: Mapping[str, str | bytes]) -> list[Trace]:
    """Return every secret that one of ``folders``, or a file below it, holds or has in its name.

    :param secrets: by a name that may be told.
    """
    forms = {name: written_forms(secret) for name, secret in secrets.items()}
    found = []
    for file in _files(folders):
        data = file.read_bytes().lower() + b"\0" + str(file.name).encode().lower()
        found += [
            Trace(name, file) for name, each in forms.items() if any(form in data for form in each)
        ]
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        found = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        yield from (file for file in found if file.is_file())
