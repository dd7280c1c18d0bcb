"""A result was filed: the project below learns its sentence. Bears being called twice."""

from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import tell_project
from mehrwert.evaluation.events import EffectMeasured


def on_effect(event: EffectMeasured, *, tenant_id: int | None) -> None:
    """Push what was measured down to the project, where lists and money need it."""
    if tenant_id is None or event.project_id is None:
        return
    with tenant_scope(tenant_id):
        tell_project(event.project_id, event)
