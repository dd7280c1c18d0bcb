"""Lists in pages: by number where the total is known, by key where it is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Source(Protocol[T_co]):
    """A sequence or query set: has a length and can be sliced."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Iterable[T_co]: ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``base/parts/pager.html`` draws its links.

    Args:
        items: What the page shows.
        total: Number of all items, ``None`` when unknown.
        first: Number of the first item shown, counted from 1; 0 when unknown.
        next_url: Address of the next page, empty on the last.
        previous_url: Address of the page before, empty on the first.
    """

    items: Sequence[T]
    total: int | None = None
    next_url: str = ""
    previous_url: str = ""
    first: int = 0

    @property
    def last(self) -> int:
        """Return the number of the last item shown."""
        return self.first + len(self.items) - 1


def with_query(request: HttpRequest, **changes: str | int | None) -> str:
    """Return this address with some parameters changed; ``None`` removes one."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def paginate(request: HttpRequest, source: Source[T], *, size: int = 50) -> Page[T]:
    """Cut the page ``?seite=`` out of a list; a nonsense number shows the nearest page."""
    total = source.count() if callable(getattr(source, "all", None)) else len(source)  # type: ignore[attr-defined]
    last = max(1, -(-total // size))
    given = request.GET.get("seite", "1")
    number = min(max(int(given) if given.isdecimal() else 1, 1), last)
    start = (number - 1) * size
    return Page(
        items=list(source[start : start + size]),
        total=total,
        next_url=with_query(request, seite=number + 1) if number < last else "",
        previous_url=with_query(request, seite=number - 1 if number > 2 else None)
        if number > 1
        else "",
        first=start + 1 if total else 0,
    )


def key_page(
    request: HttpRequest, items: Sequence[T], next_key: str, *, total: int | None
) -> Page[T]:
    """Make a page from a query that returned the key of what follows (``?ab=``)."""
    following = with_query(request, ab=next_key) if next_key else ""
    return Page(items, total=total, next_url=following)
