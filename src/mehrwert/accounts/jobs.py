"""Timed work of the room; bears being called twice."""

from django_tasks import task

from mehrwert.accounts import actions


@task()
def clear_old_sign_ins() -> None:
    """Delete ended sessions and links that have long stopped working."""
    actions.clear_old_sign_ins()
