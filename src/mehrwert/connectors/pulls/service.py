"""The service: runs pulls when they are due. One process does it, by a lease."""

from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.services import LoopService
from mehrwert.base.wakeup import wait, wake
from mehrwert.connectors.pulls.actions import run_due
from mehrwert.connectors.pulls.actions.pulls import BELL

LEASE = "pulls"
LEASE_S = 30.0
LOOK_S = 10.0


class PullClock(LoopService):
    """One pull after the other; each has its own lease as well, so two never run at once."""

    def __init__(self) -> None:
        super().__init__("pulls", self._turn_once, ring=lambda: wake(BELL))

    def stop(self) -> None:
        """Stop and let another process take over; a run that is cut off is repeated later."""
        super().stop()
        give_lease_back(LEASE)

    def _turn_once(self) -> float:
        if take_lease(LEASE, LEASE_S) and run_due():
            return 0.0
        wait(BELL, LOOK_S)
        return 0.0
