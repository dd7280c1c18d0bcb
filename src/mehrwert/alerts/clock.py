"""The service: rules look at the clock, what is due is sent, rounds are put in order.

One process does it, by a lease.
"""

from mehrwert.alerts.actions import look_at_clock, order_rounds, send_due
from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.services import LoopService

TURN_S = 5.0
LEASE = "alerts"


def _turn() -> float:
    if take_lease(LEASE, TURN_S * 4):
        look_at_clock()
        send_due()
        order_rounds()
    return TURN_S


class AlertClock(LoopService):
    """The service."""

    def __init__(self) -> None:
        super().__init__("alerts", _turn)

    def stop(self) -> None:
        """Stop and let another process take over at once."""
        super().stop()
        give_lease_back(LEASE)
