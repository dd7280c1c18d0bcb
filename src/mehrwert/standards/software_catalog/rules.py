"""Cursor paging and parameters, as plain functions on values."""

import base64
import binascii
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar
from urllib.parse import quote

from .errors import Invalid, ProblemError

SIZE = 25
MOST = 100
LONGEST = 255


class Dated(Protocol):
    """Anything with an id and a time of creation."""

    @property
    def id(self) -> str:
        """Return the id."""
        ...

    @property
    def created_at(self) -> datetime:
        """Return when it was created."""
        ...


T = TypeVar("T", bound=Dated)
Key = tuple[datetime, str]


@dataclass(frozen=True)
class Asked:
    """The checked parameters of a list."""

    size: int = SIZE
    after: Key | None = None
    before: Key | None = None
    since: datetime | None = None
    until: datetime | None = None
    kept: str = ""


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page; ``previous`` and ``next`` are query strings or None."""

    items: tuple[T, ...]
    previous: str | None
    next: str | None


def stable_id(*parts: str) -> str:
    """Return an id of the form of UUID version 4 that is always the same for the same parts."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def rfc3339(value: datetime) -> str:
    """Return a time in UTC, to the microsecond where there are any."""
    text = value.astimezone(UTC).isoformat()
    return text.replace("+00:00", "Z")


def parse_list(query: Mapping[str, str]) -> Asked:
    """Return the checked parameters of a list.

    Raises:
        ProblemError: 422 with every bad value.
    """
    bad: list[Invalid] = []
    size = _size(query.get("page[size]", ""), bad)
    after, before = (_cursor(query, f"page[{name}]", bad) for name in ("after", "before"))
    since, until = (_time(query, name, bad) for name in ("from", "to"))
    if bad:
        told = ", ".join(f"{b.field} ({b.rule})" for b in bad)
        raise ProblemError(422, "can't list resources", f"invalid format: {told}", *bad)
    names = ("page[size]", "from", "to", "url", "all", "search")
    kept = "".join(f"&{n}={quote(query[n], safe=':/')}" for n in names if query.get(n))
    return Asked(size, after, before, since, until, kept)


def _size(raw: str, bad: list[Invalid]) -> int:
    if not raw:
        return SIZE
    if not (raw.isascii() and raw.isdigit()) or len(raw) > LONGEST or int(raw) < 1:
        bad.append(Invalid("pageSize", "min", raw[:LONGEST]))
        return SIZE
    return min(int(raw), MOST)


def _time(query: Mapping[str, str], name: str, bad: list[Invalid]) -> datetime | None:
    raw = query.get(name, "")
    if not raw:
        return None
    try:
        # a plus sign that was not escaped arrives as a space
        value = datetime.fromisoformat(raw.replace(" ", "+"))
        if "T" not in raw.upper() or value.tzinfo is None:
            raise ValueError(raw)
        return value.astimezone(UTC)
    except (ValueError, OverflowError):
        bad.append(Invalid(name, "datetime", raw[:LONGEST]))
        return None


def to_cursor(item: Dated) -> str:
    """Return the place of an item in its list as an opaque text."""
    text = json.dumps([rfc3339(item.created_at), item.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()


def _cursor(query: Mapping[str, str], name: str, bad: list[Invalid]) -> Key | None:
    raw = query.get(name, "")
    if not raw:
        return None
    try:
        created, identity = json.loads(base64.urlsafe_b64decode(raw.encode()))
        at = datetime.fromisoformat(str(created))
        if at.tzinfo is None:
            raise ValueError(raw)
        return at, str(identity)
    except (ValueError, TypeError, binascii.Error, RecursionError, OverflowError):
        bad.append(Invalid(name.replace("[", "").replace("]", ""), "cursor", raw[:LONGEST]))
        return None


def cut(items: Sequence[T], asked: Asked) -> Page[T]:
    """Return one page of a list that is in order of creation and id.

    Pages forward are the pages backward reversed; what is inserted meanwhile neither repeats nor
    hides an item.
    """
    fitting = sorted((i for i in items if _fits(i, asked)), key=_key)
    if asked.before is not None and asked.after is None:
        earlier = [i for i in fitting if _key(i) < asked.before]
        shown = earlier[-asked.size :]
    else:
        later = [i for i in fitting if asked.after is None or _key(i) > asked.after]
        shown = later[: asked.size]
    if not shown:
        return Page((), None, None)
    has_earlier = _key(shown[0]) > _key(fitting[0])
    has_later = _key(shown[-1]) < _key(fitting[-1])
    return linked(shown, asked, has_earlier=has_earlier, has_later=has_later)


def linked(shown: Sequence[T], asked: Asked, *, has_earlier: bool, has_later: bool) -> Page[T]:
    """Return what is shown with the ways to its neighbours."""
    return Page(
        tuple(shown),
        f"?page[before]={to_cursor(shown[0])}{asked.kept}" if has_earlier else None,
        f"?page[after]={to_cursor(shown[-1])}{asked.kept}" if has_later else None,
    )


def _key(item: Dated) -> Key:
    return item.created_at, item.id


def _fits(item: Dated, asked: Asked) -> bool:
    late_enough = asked.since is None or item.created_at >= asked.since
    return late_enough and (asked.until is None or item.created_at <= asked.until)
