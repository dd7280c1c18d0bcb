"""The timetable: puts timed tasks into the queue, once per due time however many processes run."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from mehrwert.base.actions import start_job
from mehrwert.base.clock import from_us, now_us, to_us
from mehrwert.base.leases import give_lease_back, take_lease
from mehrwert.base.models import TimetableRun
from mehrwert.base.services import LoopService
from mehrwert.base.wiring import Timed, resolve, table

BERLIN = ZoneInfo("Europe/Berlin")
TURN_S = 10.0
LEASE = "timetable"


def last_due_us(entry: Timed, now: int) -> int:
    """Return the newest moment at or before ``now`` at which an entry was due."""
    if entry.every_s:
        step = entry.every_s * 1_000_000
        return now // step * step
    hour, minute = (int(part) for part in entry.daily_at.split(":"))
    local = from_us(now).astimezone(BERLIN)
    due = datetime(local.year, local.month, local.day, hour, minute, tzinfo=BERLIN)
    if due > local:
        due -= timedelta(days=1)
    return to_us(due)


def enqueue_due(now: int | None = None) -> list[str]:
    """Put every due entry into the queue and return their names; a missed time is made up once."""
    now = now_us() if now is None else now
    started = []
    for entry in table("TIMETABLE", []):
        due = last_due_us(entry, now)
        with transaction.atomic():
            row, is_new = TimetableRun.objects.select_for_update().get_or_create(
                name=entry.name, defaults={"last_us": due}
            )
            if is_new or row.last_us >= due:
                continue
            row.last_us = due
            row.save(update_fields=["last_us"])
            start_job(resolve(entry.task), title=entry.title, tenant_id=None)
            started.append(entry.name)
    return started


def _turn() -> float:
    if take_lease(LEASE, TURN_S * 3):
        enqueue_due()
    return TURN_S


class Timetable(LoopService):
    """The service."""

    def __init__(self) -> None:
        super().__init__("timetable", _turn)

    def stop(self) -> None:
        """Stop and let another process take over at once."""
        super().stop()
        give_lease_back(LEASE)
