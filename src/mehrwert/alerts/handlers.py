"""New readings: rules look at them."""

from mehrwert.alerts.actions import look_at_readings
from mehrwert.base.delivery import without_transaction
from mehrwert.observations.events import ReadingsEvent


@without_transaction
def on_readings(event: ReadingsEvent, *, tenant_id: int | None) -> None:
    """Let the rules of the series in a batch go on. Bears being called twice."""
    if tenant_id is not None:
        look_at_readings(tenant_id, [news.datastream_id for news in event.datastreams])
