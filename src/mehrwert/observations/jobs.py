"""Doors for work in the background; each bears being called twice."""

from django_tasks import task

from mehrwert.observations import actions


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
