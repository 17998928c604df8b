"""Turns an answer into the message it should be, or into the known error that it means."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn, TypeVar

from pydantic import ValidationError

from reporterdesk.domain.clock import Clock, utc_now
from reporterdesk.domain.errors import (
    Conflict,
    IncompatibleServer,
    NotTheApi,
    OffsetMismatch,
    Refused,
    ServerBusy,
    SignInNeeded,
    WrongChecksum,
    WrongPassword,
)
from reporterdesk.publishing.addresses import login_address
from reporterdesk.publishing.http import Answer
from reporterdesk.wire.messages import Message, Problem
from reporterdesk.wire.problems import ProblemType

M = TypeVar("M", bound=Message)

LONGEST_WAIT = 3600.0
"""Seconds: a server may ask to wait, but not for so long that it looks broken."""

_WEB_PAGE = "That address is a web page, not a desk’s server."
_LOGIN_PAGE = "This network answered in place of the desk; it wants you to log in."


def message_of(answer: Answer, shape: type[M], *, expected: tuple[int, ...] = (200,)) -> M:
    """Return the message in ``answer``.

    :raises DeliveryError: one of its kinds, where the answer is anything else.
    """
    check(answer, expected)
    if not _is_json(answer):
        raise _login_page(answer)
    try:
        return shape.model_validate_json(answer.body)
    except ValidationError:
        raise NotTheApi("Something answered in place of the desk, and not as the desk does.") from (
            None
        )


def check(answer: Answer, expected: tuple[int, ...], *, clock: Clock = utc_now) -> None:
    """Return where the status is an expected one.

    :raises DeliveryError: one of its kinds, by status and problem type.
    """
    status = answer.status
    if status in expected:
        return
    if status in {429, 503}:
        wait = retry_after(answer.headers.get("Retry-After"), clock())
        detail = _problem(answer).detail if status == 429 and _is_json(answer) else ""
        raise ServerBusy(_one_line(detail) or None, retry_after=wait)
    if status == 507:
        wait = retry_after(answer.headers.get("Retry-After"), clock())
        raise ServerBusy("The desk’s server has no room left.", retry_after=wait)
    if status == 408 or (status >= 500 and status != 511):
        raise ServerBusy("The desk’s server has a problem of its own.")
    if 400 <= status < 500 and status != 407 and _is_ours(answer):
        _refuse(answer)
    # 1xx–3xx, 407 and 511 (RFC 6585: "Network Authentication Required"), and 4xx as a web page:
    # something between us and the desk.
    raise _login_page(answer)


def check_sign_in(answer: Answer) -> None:
    """Return where signing in succeeded; say in plain words what the address turned out to be.

    :raises DeliveryError: one of its kinds.
    """
    if 300 <= answer.status < 400:
        raise NotTheApi(
            "That address sends on to another one.",
            safe="",
            next_step="Enter the address it sends on to, or log in to this network first.",
        )
    problem = _problem(answer)
    if answer.status == 401 and _is_json(answer):
        raise WrongPassword
    if answer.status in {404, 405} and _is_json(answer) and problem.type == "about:blank":
        raise IncompatibleServer
    if answer.status < 500 and not _is_json(answer):
        raise NotTheApi(
            _WEB_PAGE, safe="", next_step="Ask your desk which address ReporterDesk should use."
        )
    if answer.status == 422:
        raise Refused(
            "The desk’s server could not read the e-mail address or the password.",
            problem_type=problem.type,
            status=answer.status,
        )
    check(answer, (200, 201))


def retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, from 0 to an hour.

    Both forms of RFC 9110, section 10.2.3: a number of seconds, or a date.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_WAIT)


def _login_page(answer: Answer) -> NotTheApi:
    error = NotTheApi(_LOGIN_PAGE)
    moved = answer.headers.get("Location", "") if 300 <= answer.status < 400 else ""
    error.login_page = login_address(answer.url, moved)
    return error


def _refuse(answer: Answer) -> NoReturn:
    problem = _problem(answer)
    status = answer.status
    if status == 401:
        raise SignInNeeded
    if status in {409, 412} and problem.type in {ProblemType.STALE_PARENT, ProblemType.MOVED_ON}:
        raise Conflict(current_revision_id=_current_revision(problem, answer))
    if status == 412 and problem.type == "about:blank":
        raise Conflict(current_revision_id=_current_revision(problem, answer))
    if status == 460 or problem.type == ProblemType.WRONG_CHECKSUM:
        raise WrongChecksum
    if status == 423 or problem.type in {ProblemType.WRONG_OFFSET, ProblemType.UPLOAD_BUSY}:
        raise OffsetMismatch
    if problem.type == ProblemType.TUS_VERSION:
        raise IncompatibleServer
    sentence = problem.detail or problem.title or Refused.happened
    raise Refused(_one_line(sentence), problem_type=problem.type, status=status)


def _current_revision(problem: Problem, answer: Answer) -> str | None:
    named = (problem.model_extra or {}).get("current_revision_id")
    if isinstance(named, str) and named:
        return named
    tag = answer.headers.get("ETag", "").removeprefix("W/").strip('"')
    return tag or None


def _problem(answer: Answer) -> Problem:
    try:
        return Problem.model_validate_json(answer.body)
    except ValidationError:
        return Problem(status=answer.status)


def _is_json(answer: Answer) -> bool:
    return answer.media_type == "application/json" or answer.media_type.endswith("+json")


def _is_ours(answer: Answer) -> bool:
    """An answer to ``HEAD`` has no body; there tus 1.0.0 asks for its header in every answer."""
    return _is_json(answer) or "Tus-Resumable" in answer.headers


def _one_line(sentence: str) -> str:
    """A server's sentence is shown to a person: one line, and not a page of it."""
    text = " ".join(sentence.split())
    return text if len(text) <= 300 else f"{text[:299]}…"
