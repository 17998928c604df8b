"""Finding Hunspell's dictionaries on this computer, and the one for a language."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reporterdesk.spelling.scripts import language_script

FOLDER_VARIABLE = "REPORTERDESK_DICTIONARIES"
"""Names one or more folders (divided as in PATH) that are looked into before all others."""

_OTHER_NAMES = {"iw": "he", "in": "id", "ji": "yi", "no": "nb", "fil": "tl", "scc": "sr"}
_HOME_REGIONS = {
    "ar": "EG", "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "fa": "IR", "he": "IL", "hi": "IN",
    "ko": "KR", "nb": "NO", "pt": "BR", "sl": "SI", "sv": "SE", "uk": "UA", "ur": "PK",
}  # fmt: skip
"""Where most of a language's readers live (CLDR, likely subtags), unless the letters say it."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A language as BCP 47 and the names of dictionaries write it."""

    language: str
    script: str = ""
    region: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """One dictionary: its ``.dic`` and ``.aff``, beside each other under one name."""

    folder: Path
    name: str

    @property
    def tag(self) -> Tag | None:
        """The language that its name says, ``None`` where it says none."""
        return read_tag(self.name)

    @property
    def words(self) -> Path:
        """The file of words."""
        return self.folder / f"{self.name}.dic"

    @property
    def rules(self) -> Path:
        """The file of affixes."""
        return self.folder / f"{self.name}.aff"


def read_tag(written: str) -> Tag | None:
    """Read ``en-GB``, ``sr_Latn_RS``, ``de_DE_frami`` and the like; ``None``: no language."""
    language, *more = re.split("[-_.@]", written.strip())
    language = language.lower()
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    script = region = ""
    variants: list[str] = []
    for part in more:
        if not (script or region or variants) and re.fullmatch("[A-Za-z]{4}", part):
            script = part.lower()
        elif not (region or variants) and re.fullmatch("[A-Za-z]{2}|[0-9]{3}", part):
            region = part.upper()
        elif part:
            variants.append(part.lower())
    return Tag(_OTHER_NAMES.get(language, language), script, region, "-".join(variants))


def find_dictionaries(folders: Iterable[Path]) -> tuple[Dictionary, ...]:
    """Return what is found in ``folders``; of two of the same name, the first one.

    Folders that are not there or may not be read are passed over.
    """
    found: dict[str, Dictionary] = {}
    for folder in folders:
        try:
            names = sorted(file.stem for file in folder.iterdir() if file.suffix == ".dic")
        except OSError:
            continue
        for name in names:
            dictionary = Dictionary(folder, name)
            if name not in found and dictionary.tag is not None and _is_there(dictionary):
                found[name] = dictionary
    return tuple(found.values())


def choose(
    tag: str, dictionaries: Iterable[Dictionary], preferred: Iterable[str] = ()
) -> tuple[Dictionary, ...]:
    """Return the dictionaries for the language ``tag``, the best one first.

    The region of the tag comes first; where it has none or nobody made one for it, that of the
    first of ``preferred`` (the person's own tags) that has this language, then a dictionary for
    the language as a whole, then the region most of its readers live in, then any.
    """
    wanted = read_tag(tag)
    if wanted is None:
        return ()
    script = language_script(tag)
    own = [
        read.region
        for mine in preferred
        if (read := read_tag(mine)) is not None and read.language == wanted.language
    ]
    regions = [wanted.region, *own, "", _home_region(wanted.language)]
    fitting = [
        (dictionary, read)
        for dictionary in dictionaries
        if (read := dictionary.tag) is not None
        and read.language == wanted.language
        and language_script(f"{read.language}-{read.script}") == script
    ]
    if not wanted.region:
        regions = regions[1:] or regions

    def rank(item: tuple[Dictionary, Tag]) -> tuple[int, bool, str]:
        dictionary, read = item
        place = regions.index(read.region) if read.region in regions else len(regions)
        return place, bool(read.variant), dictionary.name

    return tuple(dictionary for dictionary, _ in sorted(fitting, key=rank))


def usual_folders(
    environment: Mapping[str, str] | None = None, home: Path | None = None, system: str = ""
) -> tuple[Path, ...]:
    """Return the folders in which this system, LibreOffice and Firefox keep dictionaries.

    The last one is Hunspell's own package, which brings American English.
    """
    variables = os.environ if environment is None else environment
    own = Path.home() if home is None else home
    chosen = [Path(part) for part in variables.get(FOLDER_VARIABLE, "").split(os.pathsep) if part]
    match system or sys.platform:
        case "darwin":
            others = _mac_folders(own)
        case "win32":
            others = _windows_folders(variables)
        case _:
            others = _unix_folders(variables, own)
    return (*chosen, *others, *_packaged())


def _unix_folders(variables: Mapping[str, str], home: Path) -> Iterator[Path]:
    data = variables.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = variables.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for base in (data, *shared.split(":"), "/usr/share"):
        if base:
            for name in ("hunspell", "myspell", "myspell/dicts"):
                yield Path(base) / name
    yield from _extensions(
        Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice"), *_glob("/opt", "libreoffice*")
    )


def _mac_folders(home: Path) -> Iterator[Path]:
    yield home / "Library/Spelling"
    yield Path("/Library/Spelling")
    for base in (home / "Applications", Path("/Applications")):
        yield from _glob(base, "LibreOffice.app/Contents/Resources/extensions/dict-*")


def _windows_folders(variables: Mapping[str, str]) -> Iterator[Path]:
    if roaming := variables.get("APPDATA"):
        yield Path(roaming) / "hunspell"
        yield from _glob(roaming, "Mozilla/Firefox/Profiles/*/dictionaries")
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        if base := variables.get(variable):
            yield from _extensions(Path(base) / "LibreOffice")
            yield Path(base) / "Mozilla Firefox/dictionaries"


def _extensions(*offices: Path) -> Iterator[Path]:
    for office in offices:
        yield from _glob(office, "share/extensions/dict-*")


def _glob(base: str | Path, pattern: str) -> Iterator[Path]:
    try:
        yield from sorted(Path(base).glob(pattern))
    except OSError:
        return


def _packaged() -> Iterator[Path]:
    from importlib.util import find_spec

    found = find_spec("hunspell")
    if found is not None and found.origin is not None:
        yield Path(found.origin).parent / "dictionaries"


def _is_there(dictionary: Dictionary) -> bool:
    try:
        return dictionary.words.is_file() and dictionary.rules.is_file()
    except OSError:
        return False


def _home_region(language: str) -> str:
    return _HOME_REGIONS.get(language, language.upper())
