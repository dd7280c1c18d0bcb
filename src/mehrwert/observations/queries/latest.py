"""The latest value of every series, and which series are silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.base.clock import now_us
from mehrwert.observations.rules import expected_gap_us, is_silent

from .flags import CLOSED, is_flagged
from .store import reader


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest reading of one series."""

    datastream_id: int
    time_us: int
    end_us: int | None
    result: Any
    quality: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A series that has spoken before and owes at least three readings."""

    datastream_id: int
    name: str
    thing_id: int
    thing_name: str
    last_time_us: int
    expected_gap_us: int
    silent_for_us: int


def read_latest(tenant_id: int, datastream_ids: Sequence[int] | None = None) -> dict[int, Latest]:
    """Return the latest reading per series: of these, or of all of a tenant."""
    where, params = "s.tenant_id=? AND s.n>0", [tenant_id]
    if datastream_ids is not None:
        if not datastream_ids:
            return {}
        where += f" AND s.datastream_id IN ({','.join('?' * len(datastream_ids))})"
        params += list(datastream_ids)
    with reader() as r:
        rows = r.select(
            "SELECT s.datastream_id, s.last_time, o.duration, s.latest_result, e.result,"
            " s.latest_quality FROM obs_datastream_state s"
            " JOIN obs_observation o ON o.datastream_id = s.datastream_id"
            " AND o.time = s.last_time AND o.seq = s.latest_seq"
            " LEFT JOIN obs_observation_extra e ON e.datastream_id = s.datastream_id"
            f" AND e.seq = s.latest_seq WHERE {where}",
            params,
        )
    return {
        row[0]: Latest(
            row[0],
            row[1],
            None if row[2] is None else row[1] + row[2],
            row[3] if row[4] is None else msgspec.json.decode(row[4]),
            row[5],
        )
        for row in rows
    }


def list_silent(tenant_id: int, at_us: int | None = None) -> list[Silent]:
    """Return the silent series of a tenant, longest silence first.

    Silent: nothing for three expected intervals (declared, else the median of the last 50 gaps).
    A series that has ended on purpose owes nothing.
    """
    at = now_us() if at_us is None else at_us
    with reader() as r:
        rows = r.select(
            "SELECT d.id, d.name, t.id, t.name, s.last_time, d.expected_interval_s, s.gap_us,"
            " d.properties"
            " FROM obs_datastream_state s JOIN obs_datastream d ON d.id = s.datastream_id"
            " JOIN obs_thing t ON t.id = d.thing_id WHERE s.tenant_id=? AND s.n>0",
            (tenant_id,),
        )
    found = []
    for datastream_id, name, thing_id, thing_name, last, declared, learned, props in rows:
        gap = expected_gap_us(declared, learned)
        if gap is None or is_flagged(props, CLOSED):
            continue
        if is_silent(last, gap, at):
            found.append(Silent(datastream_id, name, thing_id, thing_name, last, gap, at - last))
    return sorted(found, key=lambda s: -s.silent_for_us)
