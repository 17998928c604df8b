"""What a link is told while it runs: one command in JSON a line, one answer a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from reporterdesk.demo.bad_link.link import BadLink
from reporterdesk.demo.bad_link.profiles import Cut, How, Kind, Side, profile_named


class Control:
    """Does what a line says. Lives on the link's loop.

    ========================================  ===================================================
    ``{"do": "use", "profile": "edge"}``      be this kind of link; ``clear`` passes everything on
    ``{"do": "cut", "how": "reset"}``         cut all connections now; or ``close``
    ``{"do": "cut_after", "bytes": 100000,    cut when so many bytes have gone this way (``up``,
    "side": "up", "how": "reset",             ``down``); ``how`` may also be ``half``; each time
    "again": true}``                          anew with ``again``
    ``{"do": "stall"}``                       no byte passes, until ``heal``
    ``{"do": "hole"}``                        connections are taken, and nothing is ever said
    ``{"do": "down"}``                        connections are cut, and refused
    ``{"do": "heal"}``                        end that, and any cut that was asked for
    ``{"do": "log_in"}``                      pass the login page
    ``{"do": "counts"}``, ``"reset_counts"``  tell the counts; begin them anew
    ========================================  ===================================================

    Each answer has the profile, the counts, and ``error`` where the line was not understood.
    """

    def __init__(self, link: BadLink) -> None:
        self._link = link
        self._commands: dict[str, Callable[[dict[str, Any]], None]] = {
            "use": lambda said: link.use(profile_named(said["profile"])),
            "cut": lambda said: link.cut(How(said.get("how", How.RESET))),
            "cut_after": lambda said: link.plan_cut(_cut(said)),
            "heal": lambda _said: link.heal(),
            "log_in": lambda _said: link.log_in(),
            "counts": lambda _said: None,
            "reset_counts": lambda _said: link.reset_counts(),
            **{kind.value: self._trouble(kind) for kind in Kind},
        }

    def obey(self, line: str) -> str:
        """Do what ``line`` says, and return the answer, a line of JSON."""
        answer: dict[str, Any] = {}
        try:
            said = json.loads(line)
            self._commands[said["do"]](said)
        except (ValueError, KeyError, TypeError) as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        answer["profile"] = self._link.profile.name
        return json.dumps({**answer, **self._link.counts.as_message()})

    def _trouble(self, kind: Kind) -> Callable[[dict[str, Any]], None]:
        return lambda _said: self._link.trouble(kind)


def _cut(said: dict[str, Any]) -> Cut:
    return Cut(
        Side(said.get("side", Side.UP)),
        int(said["bytes"]),
        How(said.get("how", How.RESET)),
        bool(said.get("again", False)),
    )
