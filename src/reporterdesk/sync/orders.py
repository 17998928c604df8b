"""What may be sent at this moment: what the person decided, and what the network is."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from reporterdesk.domain.sending import SendPolicy
from reporterdesk.workflow.running import RunInStore
from reporterdesk.workflow.sending import keep_policy, read_policy


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the next piece.

    ``photos``: whether any may go; ``only``: the ids of those that may, ``None`` for all.
    """

    paused: bool = False
    photos: bool = True
    bytes_a_second: int | None = None
    only: frozenset[str] | None = None


def terms_of(policy: SendPolicy, *, metered: bool) -> Terms:
    """Return what ``policy`` means on this network.

    A person who asks for *only these photos now* gets them on a metered network, too: they have
    named what is worth its price.
    """
    text_only = metered and policy.text_only_on_metered and not policy.only_photos
    return Terms(
        paused=policy.paused,
        photos=not text_only,
        bytes_a_second=policy.bytes_a_second or None,
        only=policy.only_photos or None,
    )


class Orders:
    """Takes what the person decides on any thread; the engine's asks for :meth:`terms`."""

    def __init__(self, run: RunInStore) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._decided: SendPolicy | None = None
        self._written = True
        self._policy: SendPolicy | None = None
        self._metered = False

    def decide(self, policy: SendPolicy) -> None:
        """Let ``policy`` hold from the next piece on. From any thread."""
        with self._lock:
            self._decided = policy

    def network_metered(self, metered: bool) -> None:
        """Tell whether the network is paid by the byte. From any thread."""
        with self._lock:
            self._metered = metered

    def text_only(self) -> bool:
        """Tell whether photos are to wait, because the network is paid by the byte.

        From any thread; before the engine has read what was decided, the default counts.
        """
        with self._lock:
            policy = self._decided or self._policy or SendPolicy()
            return not terms_of(policy, metered=self._metered).photos

    def terms(self) -> Terms:
        """Return what holds now; what was decided is written down before it counts.

        :raises StoreFull: it could not be written, and nothing may be sent.
        """
        with self._lock:
            decided, self._decided = self._decided, None
            metered = self._metered
        if self._policy is None:
            self._policy = self._run(read_policy)
        if decided is not None and decided != self._policy:
            self._policy, self._written = decided, False
        policy = self._policy
        if not self._written:
            self._run(lambda store: keep_policy(store, policy))
            self._written = True
        return terms_of(policy, metered=metered)
