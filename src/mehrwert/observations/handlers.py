"""What open pages are told when readings come in."""

from mehrwert.base.actions import publish_live
from mehrwert.base.clock import now_us
from mehrwert.observations import queries
from mehrwert.observations.events import ReadingsEvent
from mehrwert.observations.presenting import iso
from mehrwert.observations.rules import DAY_US
from mehrwert.observations.wording import value_text

TOPIC = "observations"


def publish_values(event: ReadingsEvent, *, tenant_id: int | None) -> None:
    """Tell the open pages of a municipality the latest values; an import of old ones stays quiet.

    Called twice it tells the same twice: pages ignore what is not newer.
    """
    if tenant_id is None:
        return
    recent = now_us() - DAY_US
    ids = [news.datastream_id for news in event.datastreams if news.last_us >= recent]
    entries = [
        {
            "id": series.id,
            "time": iso(series.last_time_us),
            "value": series.latest.result,
            "unit": series.unit_symbol or "",
            "text": value_text(series.latest.result, series.unit_symbol),
        }
        for series in queries.list_datastreams(tenant_id, ids=ids)
        if series.latest is not None
    ]
    if entries:
        publish_live(tenant_id, TOPIC, {"datastreams": entries})
