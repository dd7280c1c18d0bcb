"""The condition of a set, taken apart so that engines find their indexes.

Parts about one relation become a subquery over that relation: several of them mean the same
related row, and each parent comes once. Parts that mix relations become one EXISTS.
"""

from collections.abc import Iterator
from dataclasses import replace

import shapely

from mehrwert.observations.selects.model import RELATIONS, Relation
from mehrwert.observations.selects.tree import (
    Both,
    Call,
    Compare,
    Expression,
    Number,
    Path,
    Shape,
)

from .expressions import compile_condition, compile_value, exists
from .fragment import Fragment, build, joined
from .paths import from_relation, has_some, parts_of, paths_in
from .scope import Scope

# relations of a reading of which the series is known
_NARROWING = frozenset({"datastream", "feature"})
_ABOUT_SERIES = tuple({(name,)} for name in sorted(_NARROWING))
_IN_BOX = frozenset({"equals", "touches", "within", "overlaps", "crosses", "intersects", "covers"})


def conditions(scope: Scope, expression: Expression | None) -> list[Fragment]:
    """Return conditions on the root of the scope; all must hold."""
    found: list[Fragment] = []
    groups: dict[str, list[Expression]] = {}
    mixed: list[Expression] = []
    for part in parts_of(expression):
        firsts = {path.relations[:1] for path in paths_in(part)}
        if firsts <= {()}:
            found += _own(scope, part)
        elif len(firsts) == 1 and not has_some(part):
            groups.setdefault(next(iter(firsts))[0], []).append(part)
        else:
            mixed.append(part)
    if mixed:
        found += _mixed(scope, mixed, groups)
    scope.is_narrowed = not groups.keys().isdisjoint(_NARROWING)
    for relation, parts in groups.items():
        piece = _related(scope, relation, Both(tuple(from_relation(p) for p in parts)))
        found.append(replace(piece, narrows=relation == "datastream"))
        if relation == "feature":
            found.append(_in_series_of(scope, piece))
    return found


def _in_series_of(scope: Scope, feature: Fragment) -> Fragment:
    """Return the condition that readings lie in a series that knows such a feature."""
    own, known = f"{scope.alias}.feature_id", f"{scope.alias}.datastream_id IN ("
    sql = f"{known}SELECT datastream_id FROM obs_series_feature WHERE {feature.sql})"
    return Fragment(sql.replace(own, "feature_id", 1), feature.params, narrows=True)


def names_series(expression: Expression | None) -> bool:
    """Say whether part of a condition on readings is about their series alone."""
    return any(
        {path.relations[:1] for path in paths_in(part)} in _ABOUT_SERIES and not has_some(part)
        for part in parts_of(expression)
    )


def _own(scope: Scope, part: Expression) -> Iterator[Fragment]:
    yield from _box(scope, part)
    yield compile_condition(scope, part)


def _mixed(
    scope: Scope, mixed: list[Expression], groups: dict[str, list[Expression]]
) -> Iterator[Fragment]:
    """Compile parts about several relations; what is about one of theirs to many comes along."""
    many = {path.relations[0] for part in mixed for path in paths_in(part) if _is_many(scope, path)}
    if not many:
        yield from (compile_condition(scope, part) for part in mixed)
        return
    inner = scope.nested()
    for relation in many & groups.keys():
        mixed = [*mixed, *groups.pop(relation)]
    yield exists(inner, [compile_condition(inner, part) for part in mixed])


def _is_many(scope: Scope, path: Path) -> bool:
    kind = scope.kind
    for name in path.relations:
        relation = RELATIONS[kind][name]
        if relation.many:
            return True
        kind = relation.target
    return False


def _related(scope: Scope, name: str, expression: Expression) -> Fragment:
    """Return the condition that a related entity exists for which the expression holds."""
    relation = RELATIONS[scope.kind][name]
    inner = scope.rooted(relation.target)
    if relation.theirs and relation.target == "observation" and scope.kind == "datastream":
        link = Fragment(f"{inner.alias}.datastream_id={scope.alias}.id")
        return exists(inner, [link, inner.guarded(), *conditions(inner, expression)])
    parts = [inner.guarded(), *conditions(inner, expression)]
    outside, inside = _link(scope, inner, relation)
    where = joined(parts, " AND ")
    return build(f"{outside} IN (SELECT {inside} FROM {{0}} WHERE {{1}})", inner.tables, where)


def _link(scope: Scope, inner: Scope, relation: Relation) -> tuple[str, str]:
    """Return the column outside and the one inside that say who belongs together."""
    if relation.own:
        return f"{scope.alias}.{relation.own}", f"{inner.alias}.id"
    if relation.theirs:
        return f"{scope.alias}.id", f"{inner.alias}.{relation.theirs}"
    table, this, other = relation.through or ("", "", "")
    link = f"{inner.alias}l"
    guard = scope.guard.on_link(link)
    on = f"JOIN {table} {link} ON {link}.{other}={inner.alias}.id AND {guard.sql}"
    inner.sources.append(Fragment(on, guard.params))
    return f"{scope.alias}.id", f"{link}.{this}"


def _box(scope: Scope, part: Expression) -> Iterator[Fragment]:
    """Let the R*Tree choose candidates for a relation between geometries, or for a distance."""
    call, reach = _call_and_reach(part)
    if call is None or scope.dialect.engine != "sqlite":
        return
    paths = [a for a in call.arguments if isinstance(a, Path)]
    shapes = [a for a in call.arguments if isinstance(a, Shape)]
    if len(paths) != 1 or len(shapes) != 1:
        return
    prefilter = compile_value(scope, paths[0]).prefilter
    shape = shapely.from_wkt(shapes[0].wkt)
    if prefilter is None or shape.is_empty:
        return
    west, south, east, north = shape.bounds
    column, rtree = prefilter
    yield Fragment(
        f"{column} IN (SELECT id FROM {rtree} WHERE max_lon>=? AND min_lon<=?"
        " AND max_lat>=? AND min_lat<=?)",
        (west - reach, east + reach, south - reach, north + reach),
    )


def _call_and_reach(part: Expression) -> tuple[Call | None, float]:
    if isinstance(part, Call) and part.name in _IN_BOX:
        return part, 0.0
    if not isinstance(part, Compare) or part.operator not in {"lt", "le"}:
        return None, 0.0
    is_near = isinstance(part.left, Call) and part.left.name == "distance"
    if is_near and isinstance(part.left, Call) and isinstance(part.right, Number):
        return part.left, max(0.0, float(part.right.value))
    return None, 0.0
