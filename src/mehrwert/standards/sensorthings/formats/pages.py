"""All rows of a set, page by page: constant memory, no connection held between two pages."""

from collections.abc import Iterator
from dataclasses import replace

from mehrwert.observations.queries import Select, SelectResult, run_select

PAGE = 2_000


def pages_of(select: Select, most: int | None) -> Iterator[SelectResult]:
    """Yield pages until the set ends, or ``most`` rows were read; at least one page."""
    left = most
    while True:
        top = PAGE if left is None else min(PAGE, left)
        page = run_select(replace(select, top=top, count=False))
        yield page
        if left is not None:
            left -= len(page.rows)
        if page.next_key is None or left == 0:
            return
        select = replace(select, after=page.next_key, skip=0)
