"""What every table of a statement carries: the tenant, and the limits of the key."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from mehrwert.observations.selects.tree import Limits

from .fragment import Fragment


@dataclass(frozen=True, slots=True)
class Guard:
    """Writes the conditions that keep a statement inside its tenant."""

    tenant_id: int
    limits: Limits

    def on(self, kind: str, alias: str) -> Fragment:
        """Return the condition on a table of this kind."""
        return _on(self.tenant_id, self.limits, kind, alias)

    def on_series(self, series: Fragment, alias: str) -> Fragment:
        """Return the condition on readings of one series: looked up once, not row by row."""
        own = (
            "EXISTS (SELECT 1 FROM obs_datastream_state"
            f" WHERE datastream_id={series.sql} AND tenant_id=?)"
        )
        params = (*series.params, self.tenant_id)
        if self.limits.is_open:
            return Fragment(own, params)
        limit = _limit(self.tenant_id, self.limits, "observation", alias)
        return Fragment(f"{own} AND {limit.sql}", (*params, *limit.params))

    def on_states(self, alias: str) -> Fragment:
        """Return the condition on the states of series, for their readings too."""
        own = Fragment(f"{alias}.tenant_id=?", (self.tenant_id,))
        if self.limits.is_open:
            return own
        limit = _limit(self.tenant_id, self.limits, "observation", alias)
        return Fragment(f"{own.sql} AND {limit.sql}", (*own.params, *limit.params))

    def on_link(self, alias: str) -> Fragment:
        """Return the condition on a table between two kinds."""
        return Fragment(f"{alias}.tenant_id=?", (self.tenant_id,))


@lru_cache(maxsize=1024)
def _on(tenant_id: int, limits: Limits, kind: str, alias: str) -> Fragment:
    if kind == "observation":
        states = f"{alias}.datastream_id IN (SELECT datastream_id FROM obs_datastream_state"
        own = Fragment(f"{states} WHERE tenant_id=?)", (tenant_id,))
    else:
        own = Fragment(f"{alias}.tenant_id=?", (tenant_id,))
    if limits.is_open:
        return own
    limit = _limit(tenant_id, limits, kind, alias)
    return Fragment(f"{own.sql} AND {limit.sql}", (*own.params, *limit.params))


def _limit(tenant_id: int, limits: Limits, kind: str, alias: str) -> Fragment:
    """Return what a limited key may see: its series, its things and what belongs to them."""
    ids, own = sorted(limits.datastream_ids or ()), sorted(limits.thing_ids or ())
    streams = (
        f"FROM obs_datastream WHERE tenant_id=? AND (id IN ({_marks(ids)})"
        f" OR thing_id IN ({_marks(own)}))"
    )
    params = (tenant_id, *ids, *own)
    things = (
        f"SELECT thing_id {streams} UNION"
        f" SELECT id FROM obs_thing WHERE tenant_id=? AND id IN ({_marks(own)})"
    )
    of_things = (*params, tenant_id, *own)
    column, chosen, values = {
        "thing": ("id", things, of_things),
        "historical_location": ("thing_id", things, of_things),
        "location": (
            "id",
            "SELECT location_id FROM obs_thing_location WHERE tenant_id=?"
            f" AND thing_id IN ({things})",
            (tenant_id, *of_things),
        ),
        "feature": (
            "id",
            "SELECT feature_id FROM obs_datastream_state WHERE tenant_id=?"
            f" AND datastream_id IN (SELECT id {streams})",
            (tenant_id, *params),
        ),
        "datastream": ("id", f"SELECT id {streams}", params),
        "observation": ("datastream_id", f"SELECT id {streams}", params),
        "sensor": ("id", f"SELECT sensor_id {streams}", params),
        "observed_property": ("id", f"SELECT observed_property_id {streams}", params),
    }[kind]
    return Fragment(f"{alias}.{column} IN ({chosen})", values)


def _marks(values: Collection[int]) -> str:
    return ",".join("?" * len(values)) or "NULL"
