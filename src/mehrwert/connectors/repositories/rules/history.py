"""The history of a repository as a file tells it (``docs/standards/repository-history.md``)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from mehrwert.connectors.repositories.errors import NoHistoryError

FORMAT = "repository-history-1"
MOST_ENTRIES = 200_000
PARTS = ("commits", "tags", "issues", "merge_requests")
FLAGS = ("main_protected", "security_file")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Commit:
    """One change: day (UTC), who in any form that tells people apart, whether it is a merge."""

    on: date
    author: str
    is_merge: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """One version: day, whether it is signed; None where nobody looked."""

    on: date
    is_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One report: day it was opened, day of the first answer, None for none yet."""

    opened_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """One change that was taken over: day, whether somebody else read it before."""

    merged_on: date
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a repository on one day; None is what nobody told.

    Args:
        read_on: Day of the reading.
        commits: Every change of the main branch from the first on.
        tags: Every version.
        issues: Reports of at least the last three months.
        merge_requests: Takings-over of at least the last six months.
        main_protected: Whether the main branch is protected.
        security_file: Whether there is a SECURITY.md.
    """

    read_on: date
    commits: tuple[Commit, ...] | None = None
    tags: tuple[Tag, ...] | None = None
    issues: tuple[Issue, ...] | None = None
    merge_requests: tuple[MergeRequest, ...] | None = None
    main_protected: bool | None = None
    security_file: bool | None = None


def parse_history(given: Any) -> History:
    """Return the history that a JSON document states.

    Raises:
        NoHistoryError: With the first thing that is wrong.
    """
    if not isinstance(given, Mapping) or given.get("format") != FORMAT:
        raise NoHistoryError(reason=f"„format“ ist nicht „{FORMAT}“.")
    unknown = sorted(set(given) - {"format", "read_on", *PARTS, *FLAGS})
    if unknown:
        raise NoHistoryError(reason=f"unbekannte Angabe „{unknown[0][:60]}“.")
    return History(
        read_on=_day(given, "read_on", "read_on"),
        commits=_rows(given, "commits", _commit),
        tags=_rows(given, "tags", _tag),
        issues=_rows(given, "issues", _issue),
        merge_requests=_rows(given, "merge_requests", _merge_request),
        main_protected=_flag(given, "main_protected", "main_protected"),
        security_file=_flag(given, "security_file", "security_file"),
    )


def _rows(
    given: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str], T]
) -> tuple[T, ...] | None:
    rows = given.get(name)
    if rows is None:
        return None
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise NoHistoryError(reason=f"„{name}“ ist keine Liste bis {MOST_ENTRIES} Zeilen.")
    found = []
    for number, row in enumerate(rows):
        place = f"{name}[{number}]"
        if not isinstance(row, Mapping):
            raise NoHistoryError(reason=f"„{place}“ ist kein Objekt.")
        found.append(read(row, place))
    return tuple(found)


def _commit(row: Mapping[str, Any], place: str) -> Commit:
    author = row.get("author")
    if not isinstance(author, str) or not author:
        raise NoHistoryError(reason=f"„{place}.author“ fehlt.")
    return Commit(_day(row, "on", place), author, bool(_flag(row, "merge", place)))


def _tag(row: Mapping[str, Any], place: str) -> Tag:
    return Tag(_day(row, "on", place), _flag(row, "signed", place))


def _issue(row: Mapping[str, Any], place: str) -> Issue:
    answered = row.get("answered_on")
    return Issue(
        _day(row, "opened_on", place),
        None if answered is None else _day(row, "answered_on", place),
    )


def _merge_request(row: Mapping[str, Any], place: str) -> MergeRequest:
    return MergeRequest(_day(row, "merged_on", place), bool(_flag(row, "reviewed", place)))


def _day(row: Mapping[str, Any], name: str, place: str) -> date:
    try:
        return date.fromisoformat(str(row.get(name))[:10])
    except ValueError:
        raise NoHistoryError(
            reason=f"„{name}“ bei „{place}“ ist kein Tag wie 2026-03-31."
        ) from None


def _flag(row: Mapping[str, Any], name: str, place: str) -> bool | None:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        raise NoHistoryError(reason=f"„{name}“ bei „{place}“ ist weder true noch false.")
    return value
