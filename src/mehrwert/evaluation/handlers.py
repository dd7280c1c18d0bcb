"""Filed or withdrawn: the projects below learn what is measured. Bears being called twice."""

from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import retract_withdrawn, tell_portfolio
from mehrwert.evaluation.events import EffectMeasured
from mehrwert.evidence.events import FindingWithdrawn


def on_effect(event: EffectMeasured, *, tenant_id: int | None) -> None:
    """Push what was measured down to where lists and money need it."""
    if tenant_id is None:
        return
    with tenant_scope(tenant_id):
        tell_portfolio(event)


def on_withdrawn(event: FindingWithdrawn, *, tenant_id: int | None) -> None:
    """Take back what a finding had said to the portfolio, unless it was released again since."""
    if tenant_id is None:
        return
    with tenant_scope(tenant_id):
        retract_withdrawn(event.finding_id)
