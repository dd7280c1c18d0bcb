"""Timed work of the foundation."""

from django_tasks import task

from mehrwert.base.delivery import clear_old


@task()
def clear_old_events() -> None:
    """Delete live messages and delivered events that nobody needs any more."""
    clear_old()
