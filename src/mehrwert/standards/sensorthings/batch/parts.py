"""What both forms of a batch have in common."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from mehrwert.standards.sensorthings.errors import BadBatchError, BatchTooLongError

MAX_PARTS = 1_000


@dataclass(slots=True)
class Part:
    """One request of a batch.

    Args:
        id: By which others refer to it; empty if they cannot.
        method: In capitals.
        url: As given: relative, from the root of the host, or absolute.
        headers: With names in small letters.
        body: As sent.
        group: Change set it belongs to; empty is none.
        needs: Requests and groups that must have succeeded.
        condition: What must hold, as text.
    """

    id: str
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    group: str = ""
    needs: tuple[str, ...] = ()
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a part; ``is_alone`` says that it stands for its whole change set."""

    part: Part
    status: int
    headers: dict[str, str]
    body: bytes
    is_alone: bool = False


Results = AsyncIterator[list[Result]]


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two forms: type of the answer and how it is written, run by run."""

    content_type: str
    write: Callable[[Results], AsyncIterator[bytes]]


def in_order(parts: list[Part]) -> list[list[Part]]:
    """Return the parts as they are to be run: change sets together, others alone.

    Raises:
        BadBatchError: A change set with something between its requests.
        BatchTooLongError: Too many.
    """
    if len(parts) > MAX_PARTS:
        raise BatchTooLongError(limit=MAX_PARTS)
    runs: list[list[Part]] = []
    groups: set[str] = set()
    for part in parts:
        if part.group and runs and runs[-1][0].group == part.group:
            runs[-1].append(part)
            continue
        if part.group in groups:
            raise BadBatchError(part=part.group[:60])
        if part.group:
            groups.add(part.group)
        runs.append([part])
    return runs
