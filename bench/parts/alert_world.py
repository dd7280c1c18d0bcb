"""Fills an empty installation with series, rules and a webhook; prints key and series as JSON.

Arguments: number of series, rules per series, address of the receiver. The first rule of each
series is the one that a value above 1 meets; the others lie far above and are only looked at.
"""

import json
import sys

import django

django.setup()

from mehrwert.accounts.actions import create_key  # noqa: E402
from mehrwert.alerts.actions import create_webhook  # noqa: E402
from mehrwert.alerts.choices import Channel, RuleKind  # noqa: E402
from mehrwert.alerts.models import AlertRule  # noqa: E402
from mehrwert.alerts.rules import address_of  # noqa: E402
from mehrwert.base.actor import SYSTEM  # noqa: E402
from mehrwert.base.clock import now_us  # noqa: E402
from mehrwert.base.tenant import tenant_scope  # noqa: E402
from mehrwert.municipalities.actions import create_tenant  # noqa: E402
from mehrwert.observations.actions import Place as ThingPlace  # noqa: E402
from mehrwert.observations.actions import (  # noqa: E402
    ReadingBatch,
    SeriesByHand,
    WriteContext,
    record_observations,
    set_up_thing,
)
from mehrwert.observations.writer import stop_writers  # noqa: E402

KINDS = (RuleKind.ABOVE, RuleKind.RISES, RuleKind.STUCK)


def rules_of(tenant_id: int, series_id: int, number: int, recipient: str) -> list[AlertRule]:
    """Return the rules of one series: one that will be met, others of several kinds."""
    given = {"tenant_id": tenant_id, "datastream_id": series_id, "created_us": now_us()}
    watched = {**given, "is_active": True, "last_us": now_us()}
    met = AlertRule(
        title="Bench", kind=RuleKind.ABOVE.value, threshold=1.0, recipients=[recipient], **watched
    )
    rest = [
        AlertRule(
            title=f"Bench {i}",
            kind=KINDS[i % len(KINDS)].value,
            threshold=1e6 if KINDS[i % len(KINDS)] is not RuleKind.STUCK else -1.0,
            window_s=600,
            hold_s=60 * (i % 2),
            **watched,
        )
        for i in range(1, number)
    ]
    return [met, *rest]


def main() -> None:
    n_series, n_rules, receiver = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    tenant = create_tenant(
        level="demo", ars="990000000001", slug="bench", name="Bench", is_demo=True, actor=SYSTEM
    )
    _, key = create_key(tenant_id=tenant.pk, name="bench", scopes=["write"], actor=SYSTEM)
    context = WriteContext(tenant.pk, "bench", SYSTEM)
    fields = {
        "aggregation": "mean",
        "protection": "open",
        "unit_symbol": "m",
        "source": "",
        "licence": "",
        "credit": "",
        "name": "Pegel",
        "expected_interval_s": 60,
    }
    series = [
        set_up_thing(
            context,
            name=f"Pegel {i}",
            description="",
            place=ThingPlace("", 7.6, 51.9, False),
            series=SeriesByHand("Pegel", "Sonde", fields),
        )[1]
        for i in range(n_series)
    ]
    at = now_us() - 3_600_000_000
    record_observations(context, [ReadingBatch(s, [at], [0.5]) for s in series])
    with tenant_scope(tenant.pk):
        hook, _ = create_webhook(tenant.pk, "Bench", receiver, actor=SYSTEM)
        to = address_of(Channel.WEBHOOK, hook.pk)
        rows = [row for s in series for row in rules_of(tenant.pk, s, n_rules, to)]
        AlertRule.objects.bulk_create(rows, batch_size=500)
    stop_writers()
    print(json.dumps({"key": key, "series": series, "rules": len(rows)}))


main()
