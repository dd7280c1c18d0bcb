"""Reads what was done to readings that stood in the store, edit by edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.choices import UNDOING, VALUE_EDITS, Edit
from mehrwert.observations.errors import UnknownEntityError

from .store import check_datastream, reader

SHOWN = (*VALUE_EDITS, *UNDOING, Edit.UNDONE)
# old values that are looked through for a list
MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class EditRow:
    """What one actor did to one series in one commit.

    ``n`` readings between two times, ``n_open`` of which can be taken back. ``result`` is what a
    single one was before. ``label`` names the import it came from.
    """

    id: int
    verb: str
    changed_us: int
    actor_kind: str
    actor_label: str
    reason: str
    label: str
    n: int
    n_open: int
    first_us: int
    last_us: int
    result: Any


@dataclass(frozen=True, slots=True)
class EditedValue:
    """One reading of an edit: what it was, and what stands there now; None is no reading."""

    seq: int
    time_us: int
    before: Any
    now: Any
    is_open: bool


def list_edits(
    tenant_id: int, datastream_id: int, *, edit_id: int | None = None, limit: int = 500
) -> list[EditRow]:
    """Return edits of a series, newest first, or the one of a number; flags are not among them.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    marks = ",".join("?" * len(SHOWN))
    only, params = "", [tenant_id, datastream_id, *SHOWN]
    if edit_id is not None:
        only = (
            " AND changed_us=(SELECT changed_us FROM obs_observation_history"
            " WHERE id=? AND tenant_id=?)"
        )
        params += [edit_id, tenant_id]
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        rows = r.select(
            "SELECT max(h.id), h.verb, h.changed_us, h.actor_kind, max(h.actor_label),"
            " max(h.reason), max(b.label), max(b.actor_label), count(*),"
            f" sum(CASE WHEN {_IS_OPEN} THEN 1 ELSE 0 END), min(h.time), max(h.time),"
            " min(h.result), min(CAST(h.result_json AS text))"
            " FROM (SELECT * FROM obs_observation_history WHERE tenant_id=? AND datastream_id=?"
            f" AND verb IN ({marks}){only} ORDER BY changed_us DESC, id DESC LIMIT ?) h"
            " LEFT JOIN obs_import_batch b"
            " ON b.id = h.import_batch_id AND b.tenant_id = h.tenant_id"
            " GROUP BY h.changed_us, h.verb, h.actor_kind, h.actor_id, h.import_batch_id"
            " ORDER BY 3 DESC, 1 DESC LIMIT ?",
            (*params, MOST_VALUES, limit),
        )
    found = [_row(row) for row in rows]
    return found if edit_id is None else [row for row in found if row.id == edit_id]


def read_edit(
    tenant_id: int, datastream_id: int, edit_id: int, *, limit: int = 100
) -> tuple[EditRow, list[EditedValue]]:
    """Return an edit and its readings in order of time, at most ``limit``.

    Raises:
        UnknownEntityError: No such edit of a series of the tenant.
    """
    found = list_edits(tenant_id, datastream_id, edit_id=edit_id)
    if not found:
        raise UnknownEntityError(kind="edit", id=edit_id)
    with reader() as r:
        rows = r.select(
            "SELECT h.seq, h.time, h.result, h.result_json, h.verb, o.seq, o.result, e.result,"
            f" CASE WHEN {_IS_OPEN} THEN 1 ELSE 0 END FROM obs_observation_history h"
            " JOIN obs_observation_history k ON k.id=? AND k.changed_us=h.changed_us"
            " AND k.verb=h.verb AND k.actor_kind=h.actor_kind AND k.actor_id=h.actor_id"
            " AND coalesce(k.import_batch_id, 0)=coalesce(h.import_batch_id, 0)"
            " LEFT JOIN obs_observation o ON o.datastream_id=h.datastream_id AND o.seq=h.seq"
            " LEFT JOIN obs_observation_extra e"
            " ON e.datastream_id=h.datastream_id AND e.seq=h.seq"
            " WHERE h.tenant_id=? AND h.datastream_id=? ORDER BY h.time, h.id LIMIT ?",
            (edit_id, tenant_id, datastream_id, limit),
        )
    return found[0], [_value(row) for row in rows]


def _row(row: Sequence[Any]) -> EditRow:
    *plain, label, importer, n, n_open, first, last, number, text = row
    edit_id, verb, changed_us, kind, actor, reason = plain
    result = _decoded(number, text) if n == 1 else None
    return EditRow(
        *(edit_id, verb, changed_us, kind, actor or importer or "", reason, label or ""),
        *(n, int(n_open), first, last, result),
    )


def _value(row: Sequence[Any]) -> EditedValue:
    seq, time_us, number, text, verb, there, now, now_text, is_open = row
    before = None if verb == Edit.RESTORE else _decoded(number, text)
    current = None if there is None else _decoded(now, now_text)
    return EditedValue(seq, time_us, before, current, bool(is_open))


def _decoded(number: float | None, text: str | None) -> Any:
    return number if text is None else msgspec.json.decode(text)


def _in(verbs: Sequence[Edit]) -> str:
    return "(" + ",".join(f"'{verb.value}'" for verb in verbs) + ")"


def _no_later(verbs: Sequence[Edit]) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM obs_observation_history l WHERE l.datastream_id=h.datastream_id"
        f" AND l.seq=h.seq AND l.id>h.id AND l.verb IN {_in(verbs)})"
    )


_IS_OPEN = (
    f"((h.verb IN {_in(VALUE_EDITS)} AND {_no_later(VALUE_EDITS)})"
    f" OR (h.verb IN {_in(UNDOING)} AND {_no_later((*VALUE_EDITS, *UNDOING))}))"
)
