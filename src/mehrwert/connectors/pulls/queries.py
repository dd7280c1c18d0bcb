"""Everything that reads in the room."""

from mehrwert.connectors.pulls.models import Pull, PullRun


def read_pull_of(source_id: int) -> Pull | None:
    """Return the pull of a source, None when it has none."""
    return Pull.objects.select_related("source").filter(source_id=source_id).first()


def list_runs(pull: Pull, limit: int) -> list[PullRun]:
    """Return the newest runs of a pull."""
    return list(PullRun.objects.filter(pull=pull).order_by("-started_us", "-pk")[:limit])
