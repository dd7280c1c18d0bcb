"""The queue of what subscribers are to be told: bounded, counted, in order."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from prometheus_client import Counter, Gauge

from mehrwert.base.clock import now_us
from mehrwert.base.events import Event

from ..models import MqttNews

MOST_WAITING = 500_000
_CLEAR_AT_ONCE = 1_000

MESSAGES = Counter(
    "mehrwert_mqtt_messages_total", "Messages of the broker", ["direction", "outcome"]
)
WAITING = Gauge("mehrwert_mqtt_news_waiting", "Events that subscribers have not been told of")


@dataclass(frozen=True, slots=True)
class News:
    """One event that waits."""

    id: int
    event: Event
    tenant_id: int


def put(event: Event, tenant_id: int) -> None:
    """Let an event wait; beyond ``MOST_WAITING`` the oldest ones are dropped and counted."""
    row = MqttNews.objects.create(
        name=event.name(), tenant_id=tenant_id, payload=event.to_payload(), created_us=now_us()
    )
    if row.pk % _CLEAR_AT_ONCE == 0:
        lost, _ = MqttNews.objects.filter(pk__lte=row.pk - MOST_WAITING).delete()
        MESSAGES.labels("out", "dropped").inc(lost)


def take(limit: int) -> list[News]:
    """Return the oldest events that wait."""
    rows = list(MqttNews.objects.order_by("pk")[:limit])
    ends: dict[str, Any] = MqttNews.objects.aggregate(first=Min("pk"), last=Max("pk"))
    WAITING.set(0 if ends["last"] is None else ends["last"] - ends["first"] + 1)
    return [
        News(row.pk, Event.REGISTRY[row.name].from_payload(row.payload), row.tenant_id)
        for row in rows
    ]


def done(ids: Collection[int]) -> None:
    """Forget events that the broker has."""
    MqttNews.objects.filter(pk__in=ids).delete()
