"""Words of webhooks: what they watch, what happened, where a delivery stands."""

from enum import StrEnum


class Kind(StrEnum):
    """What a webhook watches; the first part of its address."""

    SOFTWARE = "software"
    PUBLISHERS = "publishers"


class Change(StrEnum):
    """What happened to a subject."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Delivery(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
