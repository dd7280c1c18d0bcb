"""Doors for work in the background; each bears being called twice."""

from django_tasks import task

from . import actions


@task()
def send_webhooks() -> int:
    """Send what webhooks wait for."""
    return actions.send_due()
