"""When readings come in: what open pages are told, and what follows from calibrations."""

from mehrwert.base.actions import publish_live
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.delivery import without_transaction
from mehrwert.observations import actions, queries
from mehrwert.observations.actions import WriteContext, recalibrate
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


@without_transaction
def calibrate(event: ReadingsEvent, *, tenant_id: int | None) -> None:
    """Let the series with true values follow its raw one. Bears being called twice."""
    if tenant_id is None:
        return
    for raw_id, span in _raw_spans(event, tenant_id):
        recalibrate(_as_calibration(tenant_id), raw_id, *span, is_live=True)


@without_transaction
def follow_raw(event: ReadingsEvent, *, tenant_id: int | None) -> None:
    """Let true values follow raw ones that were changed or deleted. Bears being called twice."""
    if tenant_id is None:
        return
    for raw_id, span in _raw_spans(event, tenant_id):
        actions.follow_raw(_as_calibration(tenant_id), raw_id, *span)


def _raw_spans(event: ReadingsEvent, tenant_id: int) -> list[tuple[int, tuple[int, int]]]:
    """Return the series of an event that are calibrated, and the stretch it tells of."""
    news = {one.datastream_id: one for one in event.datastreams}
    return [
        (raw_id, (news[raw_id].first_us, news[raw_id].last_us + 1))
        for raw_id in queries.read_curves(tenant_id, news)
    ]


def _as_calibration(tenant_id: int) -> WriteContext:
    return WriteContext(tenant_id, "calibration", Actor("system", label="Kalibrierung"))
