"""Doors for work in the background; each bears being called twice."""

from django_tasks import task

from mehrwert.intake import actions


@task()
def clear_old_messages() -> int:
    """Delete messages that were kept as long as their source says."""
    return actions.clear_old_messages()


@task()
def replay_codec(tenant_id: int, codec_id: int) -> dict[str, int]:
    """Decode the messages of a codec's devices again."""
    return actions.replay_codec(tenant_id, codec_id)
