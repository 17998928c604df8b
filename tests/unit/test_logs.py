"""Log files: there, small, and without secrets."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporterdesk.domain.errors import StoreError
from reporterdesk.logs import FILE_NAME, redact, start_logging, stop_logging


@pytest.fixture(autouse=True)
def quiet_root() -> Iterator[None]:
    """Put the root logger back as it was."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def written(home: Path) -> str:
    return (home / "logs" / FILE_NAME).read_text(encoding="utf-8")


def test_what_is_logged_is_in_the_file(home: Path) -> None:
    handler = start_logging(home)
    logging.getLogger("reporterdesk.test").info("Opened %s.", "the store")
    logging.getLogger("reporterdesk.test").debug("Too small")
    stop_logging(handler)
    logging.getLogger("reporterdesk.test").warning("After the end")
    assert "INFO reporterdesk.test: Opened the store." in written(home)
    assert "Too small" not in written(home)
    assert "After the end" not in written(home)


def test_secrets_stay_out_of_tracebacks_too(home: Path) -> None:
    handler = start_logging(home)
    log = logging.getLogger("reporterdesk.test")
    try:
        {}["Authorization: Bearer abc.DEF-123_~+/= was refused"]
    except KeyError:
        log.exception("Headers %s", {"authorization": "Bearer abc.DEF-123"})
    log.info('{"email": "a@b.example", "password": "correct horse"}')
    stop_logging(handler)
    text = written(home)
    assert "abc" not in text
    assert "horse" not in text
    assert "a@b.example" in text
    assert "KeyError" in text


def test_words_stay_out_of_tracebacks(home: Path) -> None:
    handler = start_logging(home)
    log = logging.getLogger("reporterdesk.test")
    try:
        try:
            int("Quillfeather was here")
        except ValueError as error:
            raise StoreError("It could not be saved.") from error
    except StoreError:
        log.exception("It went wrong.")
    log.error("A file is gone.", exc_info=FileNotFoundError(2, "No such file", "Quillfeather.jpg"))
    stop_logging(handler)
    text = written(home)
    assert "Quillfeather" not in text.replace('int("Quillfeather was here")', "")  # its source
    for wanted in ("ValueError\n", "StoreError: It could not be saved.", "FileNotFoundError: No"):
        assert wanted in text


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Bearer abc123", "Bearer …"),
        ("bearer\tabc=", "bearer\t…"),
        ("password='it\"s long'", "password=…"),
        ("token: xyz, next", "token: …, next"),
        ('{"token": "x y"}', '{"token": …}'),
        ("https://zoe:secret@desk.example/v1", "https://zoe:…@desk.example/v1"),
        ("A token was kept.", "A token was kept."),
        ("The bearer of news", "The bearer … news"),
        ("http://127.0.0.1:8000/a@b", "http://127.0.0.1:8000/a@b"),
    ],
)
def test_redaction(line: str, wanted: str) -> None:
    assert redact(line) == wanted


def test_they_rotate(home: Path) -> None:
    handler = start_logging(home)
    log = logging.getLogger("reporterdesk.test")
    for _ in range(8):
        log.info("x" * 400_000)
    stop_logging(handler)
    files = sorted(file.name for file in (home / "logs").iterdir())
    assert files == [FILE_NAME, *(f"{FILE_NAME}.{number}" for number in range(1, len(files)))]
    assert 2 < len(files) <= 6
    assert all(file.stat().st_size <= 1_000_000 for file in (home / "logs").iterdir())


def test_no_folder_for_them(home: Path) -> None:
    (home / "logs").write_text("in the way")
    assert start_logging(home) is None
    stop_logging(None)
