"""What speaks to the desk: deliveries and listening, which know one connection between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporterdesk.domain.clock import Clock
from reporterdesk.ui.background import Background
from reporterdesk.ui.controllers.account import AccountRoom

if TYPE_CHECKING:
    from reporterdesk.sync.engine import SyncEngine
    from reporterdesk.sync.listening import Listening
    from reporterdesk.ui.sync_bridge import SyncBridge


@dataclass(frozen=True, slots=True)
class Network:
    """Builds both for the bridge that runs them. Called on the network thread."""

    background: Background
    account: AccountRoom
    clock: Clock

    def __call__(self, bridge: SyncBridge) -> tuple[SyncEngine, Listening]:
        """Return the two; neither has made a call."""
        from random import SystemRandom

        from reporterdesk.sync.engine import SyncEngine
        from reporterdesk.sync.listening import Listening
        from reporterdesk.sync.standing import Standing

        run, connect = self.background.store_thread.run, self.account.connect_now
        random, listener = SystemRandom(), bridge.listener
        standing = Standing(listener)
        engine = SyncEngine(run, connect, self.clock, random, listener, standing)
        listening = Listening(
            run,
            connect,
            self.clock,
            random,
            listener,
            standing,
            bridge.desk_is_back,
            text_only=engine.text_only,
        )
        return engine, listening
