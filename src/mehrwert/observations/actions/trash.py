"""Delete on a page, bring back within thirty days, empty after that."""

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.observations.queries.trash import list_all_expired
from mehrwert.observations.recording import trash
from mehrwert.observations.recording.fields import KINDS
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.rules import DAY_US

from .transaction import run

TRASH_DAYS = 30


def put_away_thing(context: WriteContext, thing_id: int) -> int:
    """Put a thing with its series into the trash; return its number there.

    Raises:
        UnknownEntityError: No such thing in the tenant.
    """
    kind = KINDS["thing"]
    return int(run(None, lambda tx, now: trash.put_away(tx, context, kind, thing_id, now)))


def put_away_datastream(context: WriteContext, datastream_id: int) -> int:
    """Put a series with its readings into the trash; return its number there.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    kind = KINDS["datastream"]
    return int(run(None, lambda tx, now: trash.put_away(tx, context, kind, datastream_id, now)))


def take_back(context: WriteContext, trash_id: int) -> tuple[str, int]:
    """Bring something back as it was; return its kind and id.

    Raises:
        UnknownTrashError: It is not in the trash of the tenant any more.
        TrashThingGoneError: The thing of a series is not there.
        TrashKeyTakenError: Its key of an outside system is in use again.
    """
    found: tuple[str, int] = run(None, lambda tx, now: trash.take_back(tx, context, trash_id, now))
    return found


def empty_trash(at_us: int | None = None) -> int:
    """Delete for good what has lain in any trash for thirty days; return how many."""
    before = (now_us() if at_us is None else at_us) - TRASH_DAYS * DAY_US
    expired = list_all_expired(before)
    for tenant_id, trash_id in expired:
        _empty(WriteContext(tenant_id, "trash", SYSTEM), trash_id)
    return len(expired)


def _empty(context: WriteContext, trash_id: int) -> None:
    run(None, lambda tx, now: trash.empty(tx, context, trash_id, now))
