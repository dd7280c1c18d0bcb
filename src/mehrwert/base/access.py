"""Who may do what with the things of the foundation."""

from collections.abc import Callable

from mehrwert.base.models import Job


def may_cancel(job: Job, *, user_id: int | None, can: Callable[[str], bool]) -> bool:
    """Say whether somebody may stop a job: who started it, who edits data, who operates."""
    if not job.is_open:
        return False
    is_own = job.actor_kind == "user" and job.actor_id == user_id
    return is_own or can("edit_data") or can("operate")
