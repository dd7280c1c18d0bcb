"""Which paths an expression holds, and the same expression seen from one relation further."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from mehrwert.observations.selects.tree import Both, Expression, Path, Some


def parts_of(expression: Expression | None) -> tuple[Expression, ...]:
    """Return what must hold all at once."""
    if expression is None:
        return ()
    if not isinstance(expression, Both):
        return (expression,)
    return tuple(inner for part in expression.parts for inner in parts_of(part))


def paths_in(expression: Any) -> Iterator[Path]:
    """Yield paths that start from the entity itself; those inside ``Some`` start elsewhere."""
    if isinstance(expression, Path):
        yield expression
    elif isinstance(expression, tuple):
        for part in expression:
            yield from paths_in(part)
    elif hasattr(expression, "__dataclass_fields__") and not isinstance(expression, Some):
        for field in fields(expression):
            yield from paths_in(getattr(expression, field.name))


def has_some(expression: Any) -> bool:
    """Say whether there is a ``Some`` in it."""
    if isinstance(expression, Some):
        return True
    if isinstance(expression, tuple):
        return any(has_some(part) for part in expression)
    if hasattr(expression, "__dataclass_fields__"):
        return any(has_some(getattr(expression, field.name)) for field in fields(expression))
    return False


def from_relation(expression: Any) -> Any:
    """Return the expression with the first relation of each path taken away."""
    return _changed(expression, lambda path: replace(path, relations=path.relations[1:]))


def _changed(expression: Any, change: Callable[[Path], Path]) -> Any:
    if isinstance(expression, Path):
        return change(expression)
    if isinstance(expression, tuple):
        return tuple(_changed(part, change) for part in expression)
    if not hasattr(expression, "__dataclass_fields__"):
        return expression
    changed = {f.name: _changed(getattr(expression, f.name), change) for f in fields(expression)}
    return type(expression)(**changed)
