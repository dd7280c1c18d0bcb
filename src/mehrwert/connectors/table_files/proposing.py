"""What the forms propose: what was said before, else what the preview suggests."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mehrwert.connectors.table_files.forms import NEW_THING
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.connectors.table_files.rules.plan import ReadingPlan, plan_from_json
from mehrwert.connectors.table_files.rules.preview import Preview, PreviewColumn, Role
from mehrwert.connectors.table_files.rules.targets import Targets, targets_from_json
from mehrwert.observations.queries import DatastreamRow, ThingRow

LICENCES = ("dl-de/by-2-0", "dl-de/zero-2-0", "CC BY 4.0", "CC0 1.0")


def format_initial(plan: ReadingPlan) -> dict[str, Any]:
    """Return how the file is read now."""
    how = asdict(plan.how)
    return {
        name: how[name] for name in ("encoding", "delimiter", "decimal", "header_row", "first_row")
    }


def columns_initial(
    row: TableImport, preview: Preview, series: Sequence[DatastreamRow], things: Sequence[ThingRow]
) -> dict[str, Any]:
    """Return values for the form of the columns."""
    plan = plan_from_json(row.plan)
    proposal: dict[str, Any] = {
        "kind": plan.time.columns.kind.value,
        "zone": plan.time.zone,
        "covers": "from" if plan.time.covers_s else "instant",
        "interval_s": preview.interval_s or 0,
        "thing": NEW_THING,
        "thing_name": row.name.split(".")[0].replace("_", " "),
    }
    said = targets_from_json(row.series) if row.series else None
    if said is not None:
        proposal |= _common(said)
    for column in preview.columns:
        proposal |= _column(column, plan, said)
    if said is None:
        proposal |= _known(proposal, preview, series, things)
    return proposal


def _common(said: Targets) -> dict[str, Any]:
    return {
        "thing": said.thing_id or NEW_THING,
        "thing_name": said.thing_name,
        "interval_s": said.expected_interval_s or 0,
        "source": said.source,
        "licence": said.licence,
        "credit": said.credit,
        "protection": said.protection,
        "difference": said.difference.value,
    }


def _column(column: PreviewColumn, plan: ReadingPlan, said: Targets | None) -> dict[str, Any]:
    i, guess, where = column.position, column.guess, plan.time.columns
    role = "new" if column.role is Role.VALUE else column.role.value
    values: dict[str, Any] = {
        f"name_{i}": guess.name if guess else column.name or column.letter,
        f"unit_{i}": guess.unit if guess else "",
        f"aggregation_{i}": guess.aggregation if guess else "mean",
    }
    if said is not None:
        role = {where.date: Role.TIME.value, where.clock: Role.CLOCK.value}.get(
            i, Role.IGNORE.value
        )
        target = said.columns.get(i)
        if target is not None:
            role = str(target.datastream_id) if target.datastream_id else "new"
            if role == "new":
                values[f"name_{i}"] = target.name
                values[f"unit_{i}"] = target.unit_symbol
                values[f"aggregation_{i}"] = target.aggregation
    return {**values, f"role_{i}": role}


def _known(
    proposal: dict[str, Any],
    preview: Preview,
    series: Sequence[DatastreamRow],
    things: Sequence[ThingRow],
) -> dict[str, Any]:
    """Return the thing and series of an earlier import of a file of this name."""
    name = str(proposal["thing_name"]).casefold()
    thing = next((t for t in things if t.name.casefold() == name), None)
    if thing is None:
        return {}
    of_thing = {s.name.casefold(): s.id for s in series if s.thing_id == thing.id}
    found: dict[str, Any] = {"thing": thing.id}
    for column in preview.columns:
        known = of_thing.get(str(proposal[f"name_{column.position}"]).casefold())
        if known is not None and column.role is Role.VALUE:
            found[f"role_{column.position}"] = str(known)
    return found
