"""Links between solutions form no circle."""

from collections.abc import Iterable, Mapping


def would_close_circle(edges: Mapping[int, Iterable[int]], source: int, target: int) -> bool:
    """Say whether a link from source to target would lead back to source.

    Args:
        edges: Targets per solution, of all kinds of links.
        source: Solution that builds on another one.
        target: The other one.
    """
    seen: set[int] = set()
    open_ones = [target]
    while open_ones:
        here = open_ones.pop()
        if here == source:
            return True
        if here not in seen:
            seen.add(here)
            open_ones.extend(edges.get(here, ()))
    return False
