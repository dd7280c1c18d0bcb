"""A result was filed: the projects below learn what was measured. Bears being called twice."""

from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import tell_portfolio
from mehrwert.evaluation.events import EffectMeasured


def on_effect(event: EffectMeasured, *, tenant_id: int | None) -> None:
    """Push what was measured down to where lists and money need it."""
    if tenant_id is None:
        return
    with tenant_scope(tenant_id):
        tell_portfolio(event)
