"""Leases: what only one process does at a time, taken over when its holder is gone."""

import os
import secrets
import socket

from django.db import IntegrityError, transaction

from mehrwert.base.clock import now_us
from mehrwert.base.models import Lease

HOLDER = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def take_lease(name: str, seconds: float, holder: str = HOLDER) -> bool:
    """Take or prolong a lease; False when somebody else holds it."""
    now = now_us()
    until = now + int(seconds * 1_000_000)
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
    Lease.objects.filter(name=name, holder=holder).delete()
