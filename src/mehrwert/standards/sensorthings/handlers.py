"""What subscribers of the broker are to be told when something changes."""

from mehrwert.base.events import Event

from .mqtt import queue, settings


def queue_news(event: Event, *, tenant_id: int | None) -> None:
    """Let an event wait for the broker; called twice, subscribers are told twice."""
    if tenant_id is not None and settings.is_on():
        queue.put(event, tenant_id)
