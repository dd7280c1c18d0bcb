"""Doors for work in the background; each bears being called twice."""

from typing import Any

from django_tasks import task

from mehrwert.base.actor import Actor
from mehrwert.observations import actions
from mehrwert.observations.actions import WriteContext

END_US = 2**62


@task()
def empty_trash() -> int:
    """Delete for good what has lain in the trash for thirty days."""
    return actions.empty_trash()


@task()
def mark_readings() -> int:
    """Note which readings stand in the store tonight."""
    return actions.mark_readings()


@task()
def thin_readings() -> int:
    """Remove raw readings as the policies of the municipalities say; goes on where it stopped."""
    return actions.thin_readings()


@task()
def recalibrate(tenant_id: int, raw_id: int, from_us: int, actor: list[Any]) -> int:
    """Write the true values of a series anew from a time on."""
    context = WriteContext(tenant_id, "calibration", Actor(*actor))
    return actions.recalibrate(context, raw_id, from_us, END_US)


@task()
def catch_up(tenant_id: int, raw_id: int, actor: list[Any]) -> int:
    """Let true values that come out of the trash follow what happened to the raw ones meanwhile."""
    context = WriteContext(tenant_id, "calibration", Actor(*actor))
    return actions.follow_raw(context, raw_id, 0, END_US)
