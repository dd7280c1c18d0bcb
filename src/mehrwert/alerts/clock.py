"""The services: rules look at the clock and rounds are put in order; what is due is sent.

One process does each, by a lease. They are two, so that a slow mail server delays no alarm.
"""

import time

from mehrwert.alerts.actions import Post, look_at_clock, look_at_maintenance, order_rounds
from mehrwert.alerts.actions.sending import BELL
from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.services import LoopService
from mehrwert.base.wakeup import wait, wake

TURN_S = 5.0
MAINTENANCE_S = 600.0
POLL_S = 1.0
END_S = 2.0
LEASE, POST_LEASE = "alerts", "alert-post"


class AlertClock(LoopService):
    """Time passes: silence, rounds, maintenance."""

    def __init__(self) -> None:
        super().__init__("alerts", self._look)
        self._maintenance_s = 0.0

    def stop(self) -> None:
        """Stop and let another process take over at once."""
        super().stop()
        give_lease_back(LEASE)

    def _look(self) -> float:
        if take_lease(LEASE, TURN_S * 4):
            look_at_clock()
            if time.monotonic() >= self._maintenance_s:
                look_at_maintenance()
                self._maintenance_s = time.monotonic() + MAINTENANCE_S
            order_rounds()
        return TURN_S


class AlertPost(LoopService):
    """Sends what is due, at once when something new is; a slow receiver delays no other."""

    def __init__(self) -> None:
        super().__init__("alert-post", self._send, ring=lambda: wake(BELL))
        self._post: Post | None = None

    def stop(self) -> None:
        """Stop and let another process take over at once."""
        super().stop()
        give_lease_back(POST_LEASE)

    def _send(self) -> float:
        if not take_lease(POST_LEASE, POLL_S * 15):
            return POLL_S * 2
        self._post = self._post or Post()
        if not self._post.turn():
            wait(BELL, POLL_S)
        return 0.0

    def _wind_up(self) -> None:
        """Give what is under way a moment, so that little has to be repeated."""
        if self._post is not None:
            self._post.finish(patience_s=END_S)
            self._post.close()
            self._post = None
