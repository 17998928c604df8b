"""What the rest of the window hears of sending, and what sending hears of it."""

from __future__ import annotations

from reporterdesk.ui.controllers.account import AccountRoom
from reporterdesk.ui.controllers.dialogs import Dialogs
from reporterdesk.ui.controllers.opening import Opening
from reporterdesk.ui.controllers.outgoing import Outgoing
from reporterdesk.ui.controllers.sending import Sending
from reporterdesk.ui.outbox.settings_page import SendingPage
from reporterdesk.ui.photo_images import PhotoImages

PAGE = "sending"
"""The name of the settings' page."""


def tie_sending(
    sending: Sending,
    outgoing: Outgoing,
    opening: Opening,
    dialogs: Dialogs,
    account: AccountRoom,
    images: PhotoImages,
) -> None:
    """Connect sending with what stands around it, once, when the second stage is built."""
    sending.commands.images = images
    account.changed.connect(sending.set_account)
    sending.waiting_changed.connect(outgoing.set_waiting)
    sending.policy_changed.connect(outgoing.set_policy)
    sending.filed_anew.connect(outgoing.filed_anew)
    sending.panel.open_requested.connect(opening.reveal)
    sending.panel.detail.recall_requested.connect(sending.moves.recall)
    sending.window.pane.standing.outlook = sending.commands.outlook_of
    sending.told.connect(sending.window.pane.standing.retell)
    dialogs.offer_page(PAGE, sending.tr("Sending"), _MakePage(sending))
    sending.actions.bind("sync.settings", _ShowPage(dialogs))


class _MakePage:
    """Makes the settings' page as it is to be shown now."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending

    def __call__(self) -> SendingPage:
        page = SendingPage(self._sending.outlook.policy)
        page.changed.connect(self._sending.decide)
        self._sending.policy_changed.connect(page.show_policy)
        return page


class _ShowPage:
    """Shows the settings, turned to the page on sending."""

    def __init__(self, dialogs: Dialogs) -> None:
        self._dialogs = dialogs

    def __call__(self) -> None:
        self._dialogs.show_page(PAGE)
