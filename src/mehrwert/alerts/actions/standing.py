"""Rules as looking at readings needs them: a few columns of thousands, not an object of each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mehrwert.alerts.models import AlertInput, AlertRule
from mehrwert.alerts.rules import Condition, State, condition_of


class Standing(NamedTuple):
    """What one rule waits for and where it stands; columns of ``AlertRule``."""

    pk: int
    tenant_id: int
    datastream_id: int
    kind: str
    threshold: float
    hysteresis: float
    hold_s: int
    window_s: int
    expression: str
    last_us: int | None
    since_us: int | None
    open_alert_id: int | None

    @property
    def condition(self) -> Condition:
        """Return what the rule waits for."""
        return condition_of(*self[3:9])

    @property
    def state(self) -> State:
        """Return where the rule stands."""
        return State(self.last_us, self.since_us, self.open_alert_id is not None)


Rule = AlertRule | Standing


def standing_of(pks: Sequence[int]) -> list[Standing]:
    """Return the active ones of some rules in the order of their ids."""
    rows = AlertRule.objects.filter(pk__in=pks, is_active=True).order_by("pk")
    return [Standing(*row) for row in rows.values_list(*Standing._fields)]


def rules_on(datastream_ids: Iterable[int]) -> list[int]:
    """Return the ids of the active rules that look at some of these series, rising.

    In two questions: one with an OR over both tables reads all rules of the municipality.
    """
    ids = list(datastream_ids)
    further = AlertInput.objects.filter(datastream_id__in=ids, rule__is_active=True)
    found = set(further.values_list("rule_id", flat=True))
    own = AlertRule.objects.filter(datastream_id__in=ids, is_active=True)
    return sorted(found.union(own.values_list("pk", flat=True)))
