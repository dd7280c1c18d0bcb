"""What webhooks are to be told when a solution changes; each bears being called twice."""

from mehrwert.base.events import Event
from mehrwert.catalogue.events import SolutionPublished, SolutionRevised, SolutionWithdrawn

from . import actions, queries
from .choices import Change, Kind


def on_solution(event: Event, *, tenant_id: int | None) -> None:
    """Queue a change of a solution that is software with a valid file, and of its publisher."""
    if not isinstance(event, SolutionPublished | SolutionRevised | SolutionWithdrawn):
        return
    if isinstance(event, SolutionWithdrawn):
        actions.queue_change(Kind.SOFTWARE, event.uuid, Change.DELETE)
        return
    software = next(iter(queries.list_software(ids=[event.solution_id])), None)
    if software is None:
        return
    is_new = isinstance(event, SolutionPublished)
    change = Change.CREATE if is_new else Change.UPDATE
    actions.queue_change(Kind.SOFTWARE, software.id, change)
    publisher = queries.publisher_id_of(software)
    if publisher:
        actions.queue_change(Kind.PUBLISHERS, publisher, Change.UPDATE)
