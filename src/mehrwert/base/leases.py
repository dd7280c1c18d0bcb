"""Leases: what only one process does at a time, taken over when its holder is gone."""

import os
import secrets
import socket

from django.db import IntegrityError, transaction

from mehrwert.base.clock import now_us
from mehrwert.base.models import Lease

HOLDER = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
# until when this process holds a lease, in microseconds since 1970
_held: dict[tuple[str, str], int] = {}


def take_lease(name: str, seconds: float, holder: str = HOLDER) -> bool:
    """Take or prolong a lease; False when somebody else holds it.

    While more than half of it is left, nothing is written: services ask several times a second.
    """
    now = now_us()
    until = now + int(seconds * 1_000_000)
    if _held.get((name, holder), 0) > (now + until) // 2:
        return True
    if not _take(name, holder, now, until):
        return False
    _held[name, holder] = until
    return True


def _take(name: str, holder: str, now: int, until: int) -> bool:
    free = Lease.objects.filter(name=name, until_us__lt=now)
    mine = Lease.objects.filter(name=name, holder=holder)
    if mine.update(until_us=until) or free.update(holder=holder, until_us=until):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until_us=until)
    except IntegrityError:
        return False
    return True


def give_lease_back(name: str, holder: str = HOLDER) -> None:
    """Let somebody else take the lease at once."""
    _held.pop((name, holder), None)
    Lease.objects.filter(name=name, holder=holder).delete()


def forget_leases() -> None:
    """Forget what this process holds: for tests, whose rows are undone behind its back."""
    _held.clear()
