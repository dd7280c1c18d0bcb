"""Which way readings go: as a block of columns, at the end of their series, or carefully."""

from collections.abc import Sequence

from mehrwert.observations.choices import RowStatus

from . import blocks, features, late
from .prepare import Prepared, Reading
from .session import Session
from .types import BatchOutcome, WriteContext

MAX_SEQ = 2**31 - 1


def record(session: Session, context: WriteContext, batch: Prepared) -> BatchOutcome:
    """Write one checked batch of a series whose state the session has loaded."""
    state = session.states.get(batch.datastream_id)
    if state is None or state.tenant_id != context.tenant_id:
        return _all(batch.n, RowStatus.UNKNOWN_DATASTREAM)
    if state.next_seq + batch.n > MAX_SEQ:
        return _all(batch.n, RowStatus.SERIES_FULL)
    feature = features.default_feature(session.tx, state, session.now_us)
    if feature is None and batch.feature_required and not batch.explicit_features:
        return _all(batch.n, RowStatus.NO_LOCATION)
    if batch.columns is not None:
        outcome = blocks.append(session, context, state, batch.columns, feature)
        if outcome is not None:
            return outcome
    readings = batch.readings
    if readings is None:
        readings = batch.columns.readings() if batch.columns else []
    return late.record(session, late.Work(context, state, readings, feature, batch))


def record_one(
    session: Session, context: WriteContext, datastream_id: int, reading: Reading
) -> tuple[int | None, RowStatus]:
    """Write one checked reading as ``record`` does with a batch; return its id and status.

    The short way of what comes all day: newer than all of its series, about its place.
    """
    state = session.states.get(datastream_id)
    if (
        state is not None
        and state.tenant_id == context.tenant_id
        and state.feature_id is not None
        and reading[4] is None
        and state.next_seq < MAX_SEQ
        and (state.last_time is None or reading[0] > state.last_time)
    ):
        return session.append(context, state, reading, state.feature_id), RowStatus.CREATED
    batch = Prepared(datastream_id, 1, reading[4] is not None, True, [reading])
    outcome = record(session, context, batch)
    return outcome.ids[0], outcome.statuses[0]


def _all(n: int, status: RowStatus) -> BatchOutcome:
    nothing: Sequence[None] = (None,) * n
    return BatchOutcome(nothing, (status,) * n)
