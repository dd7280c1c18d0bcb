"""Finds or makes the series that the columns of one file go to."""

from typing import Any

from mehrwert.connectors.table_files.errors import UnknownTargetError
from mehrwert.connectors.table_files.rules.targets import Column, Targets, key_of
from mehrwert.observations.actions import WriteContext, transact

from .entities import Created, Maker

THING = "SELECT 1 FROM obs_thing WHERE id=? AND tenant_id=?"
SERIES = "SELECT 1 FROM obs_datastream WHERE id=? AND tenant_id=?"
PROCEDURE = "Tabelle"


def make_targets(context: WriteContext, targets: Targets) -> tuple[dict[int, int], Created]:
    """Return the series of each column, and what had to be made.

    Raises:
        UnknownTargetError: A chosen thing or series was deleted meanwhile.
    """

    def work(tx: Any) -> tuple[dict[int, int], Created]:
        make = Maker(tx, context)
        for column in targets.columns.values():
            known = column.datastream_id
            if known is not None and not tx.select(SERIES, (known, context.tenant_id)):
                raise UnknownTargetError
        thing_id = _thing(tx, make, context, targets) if targets.makes_series else 0
        found = {
            position: column.datastream_id or _series(make, targets, column, thing_id)
            for position, column in targets.columns.items()
        }
        return found, make.created

    return transact(work)


def _thing(tx: Any, make: Maker, context: WriteContext, targets: Targets) -> int:
    if targets.thing_id is None:
        return make.get("thing", key_of(targets.thing_name), name=targets.thing_name)
    if not tx.select(THING, (targets.thing_id, context.tenant_id)):
        raise UnknownTargetError
    return targets.thing_id


def _series(make: Maker, targets: Targets, column: Column, thing_id: int) -> int:
    quantity = column.quantity or column.name
    links = {
        "thing_id": thing_id,
        "sensor_id": make.get("sensor", key_of("sensor", PROCEDURE), name=PROCEDURE),
        "observed_property_id": make.get("property", key_of("property", quantity), name=quantity),
    }
    return make.get(
        "datastream",
        key_of(thing_id, column.name),
        name=column.name,
        **links,
        unit_name=column.unit_name or None,
        unit_symbol=column.unit_symbol or None,
        aggregation=column.aggregation,
        expected_interval_s=targets.expected_interval_s,
        source=targets.source,
        licence=targets.licence,
        credit=targets.credit,
        protection=targets.protection,
    )
