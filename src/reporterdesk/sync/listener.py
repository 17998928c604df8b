"""Who hears of what the engine did."""

from __future__ import annotations

from typing import Protocol

from reporterdesk.domain.delivery import Delivery
from reporterdesk.domain.errands import Errand
from reporterdesk.domain.estimate import Estimate


class SyncListener(Protocol):
    """Hears of what has happened. Called on the engine's thread, after it was committed."""

    def delivery_changed(self, delivery: Delivery) -> None:
        """A delivery got further, or waits for another reason."""
        ...

    def report_changed(self, report_id: str) -> None:
        """A report's standing at the desk changed, or that of one which is not on this laptop.

        The review queue, too, is to be read again.
        """
        ...

    def report_merged(self, report_id: str) -> None:
        """What was filed here and what the desk has became one revision, without a question."""
        ...

    def resize_dropped(self, report_id: str, why: str) -> None:
        """A report was not filed again with photos of another size; ``why`` says what happened."""
        ...

    def errand_changed(self, errand: Errand) -> None:
        """Something an editor wanted is being sent, is done, or waits for another reason."""
        ...

    def sign_in_needed(self) -> None:
        """Nothing can be sent before the person signs in. Said once, until a call succeeds."""
        ...

    def connection_changed(self, online: bool, why: str) -> None:
        """The desk answers again, or not any more; ``why`` is a sentence, or ``""`` when online."""
        ...

    def estimated(self, estimate: Estimate) -> None:
        """What is left was reckoned anew; about once a second while photos are sent."""
        ...

    def login_page_found(self, address: str) -> None:
        """The network answers with a page of its own; ``""`` when it does so no more."""
        ...


class SilentListener:
    """Does nothing; for where nobody watches."""

    def delivery_changed(self, delivery: Delivery) -> None:
        """Do nothing."""

    def report_changed(self, report_id: str) -> None:
        """Do nothing."""

    def report_merged(self, report_id: str) -> None:
        """Do nothing."""

    def resize_dropped(self, report_id: str, why: str) -> None:
        """Do nothing."""

    def errand_changed(self, errand: Errand) -> None:
        """Do nothing."""

    def sign_in_needed(self) -> None:
        """Do nothing."""

    def connection_changed(self, online: bool, why: str) -> None:
        """Do nothing."""

    def estimated(self, estimate: Estimate) -> None:
        """Do nothing."""

    def login_page_found(self, address: str) -> None:
        """Do nothing."""
