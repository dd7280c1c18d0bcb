"""Hour buckets that were left to a job."""

from mehrwert.observations.recording import dirty

from .transaction import run


def repair_hours() -> bool:
    """Recompute one part of the hours marked dirty; say whether there was anything to do."""
    return bool(run(None, lambda tx, now: dirty.repair_some(tx)))
