"""Who needs whom: dependencies without circles (PF-109, PF-20)."""

from collections.abc import Iterable, Mapping


def leads_to(edges: Mapping[int, Iterable[int]], start: int, goal: int) -> bool:
    """Say whether one gets from one project to another along dependencies."""
    waiting, seen = [start], set()
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(edges.get(here, ()))
    return False


def layers(edges: Mapping[int, Iterable[int]], nodes: Iterable[int]) -> dict[int, int]:
    """Return how many steps stand below each project; 0 = it needs nothing. No circles allowed."""
    depth: dict[int, int] = {}

    def visit(node: int) -> int:
        if node not in depth:
            depth[node] = 0
            depth[node] = 1 + max((visit(other) for other in edges.get(node, ())), default=-1)
        return depth[node]

    for node in nodes:
        visit(node)
    return depth
