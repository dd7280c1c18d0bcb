"""Doors for work in the background; bear being called twice."""

from django_tasks import task

from . import actions


@task()
def write_dump() -> int:
    """Write the open dump; returns how many files it holds."""
    return len(actions.write_dump().files)
