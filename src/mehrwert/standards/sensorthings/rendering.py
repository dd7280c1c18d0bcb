"""Rows with what is expanded below them → entities as the standard writes them."""

from typing import Any

from mehrwert.observations.queries import Branch, Level

from .mapping import BY_KIND, EntityType, Row, self_link, show
from .options import Expansion, Options, next_query

Shown = dict[str, Any]
_LINKS = {"minimal": ("@iot.navigationLink",), "none": ("@iot.navigationLink", "@iot.selfLink")}


def lean(shown: Any, metadata: str) -> Any:
    """Return entities without the links that ``$resultMetadata`` leaves out; pages stay linked."""
    return shown if metadata == "full" else _without(shown, _LINKS[metadata])


def _without(shown: Any, ends: tuple[str, ...]) -> Any:
    if isinstance(shown, list):
        return [_without(one, ends) for one in shown]
    if isinstance(shown, dict):
        return {k: _without(v, ends) for k, v in shown.items() if not k.endswith(ends)}
    return shown


def show_rows(
    root: str, entity: EntityType, rows: list[Row], options: Options, levels: tuple[Level, ...]
) -> list[Shown]:
    """Return the entities of a page."""
    shown = [show(root, entity, row, options.chosen) for row in rows]
    for expansion, level in zip(options.expand, levels, strict=True):
        _expand(root, entity, (rows, shown), expansion, level)
    return shown


def _expand(
    root: str,
    entity: EntityType,
    above: tuple[list[Row], list[Shown]],
    expansion: Expansion,
    level: Level,
) -> None:
    """Put what is expanded in the place of the link to it."""
    nav = expansion.nav
    known = _known(root, expansion, level)
    for row, shown in zip(*above, strict=True):
        shown.pop(f"{nav}@iot.navigationLink", None)
        branch = level.branch_of(row)
        if level.position is not None:
            shown[nav] = known[branch.rows[0][0]] if branch else None
            continue
        branch = branch or Branch()
        if branch.count is not None:
            shown[f"{nav}@iot.count"] = branch.count
        shown[nav] = [known[child[0]] for child in branch.rows]
        if branch.next_key is not None:
            query = next_query(expansion.options, branch.next_key)
            link = f"{self_link(root, entity, row[0])}/{nav}?{query}"
            shown[f"{nav}@iot.nextLink"] = link


def _known(root: str, expansion: Expansion, level: Level) -> dict[int, Shown]:
    """Return every related entity once, however many parents it has."""
    rows = list({row[0]: row for branch in level.branches.values() for row in branch.rows}.values())
    shown = show_rows(root, BY_KIND[level.kind], rows, expansion.options, level.levels)
    return {row[0]: entity for row, entity in zip(rows, shown, strict=True)}
