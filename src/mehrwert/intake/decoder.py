"""The service that decodes what arrives. One process at a time does, whichever comes first."""

import time

from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.services import LoopService
from mehrwert.base.wakeup import wait, wake
from mehrwert.intake.actions import decode_waiting
from mehrwert.intake.codecs import stop_sandboxes

BELL = "intake"
LEASE = "intake"
LEASE_S = 15.0
RENEW_S = 5.0
IDLE_S = 1.0
# after a small batch a moment is given to gather: each batch is a transaction
FEW = 100
GATHER_S = 0.1


class Decoder(LoopService):
    """Decodes batch after batch; sleeps while nothing waits."""

    def __init__(self) -> None:
        super().__init__("intake-decoder", self._turn_once, ring=lambda: wake(BELL))
        self._renewed = 0.0

    def stop(self) -> None:
        """Stop, end the workers and let another process take over at once."""
        super().stop()
        stop_sandboxes()
        give_lease_back(LEASE)

    def _turn_once(self) -> float:
        if not self._holds_lease():
            return RENEW_S
        n = decode_waiting()
        if not n:
            wait(BELL, IDLE_S)
        return GATHER_S if n < FEW else 0.0

    def _holds_lease(self) -> bool:
        now = time.monotonic()
        if now - self._renewed < RENEW_S:
            return True
        if not take_lease(LEASE, LEASE_S):
            return False
        self._renewed = now
        return True
