"""The post: brings messages that are due to many places at once.

The database is asked and told by the thread that calls, for many messages in one transaction; the
threads of the post only wait for mail servers, gateways and webhooks. Each address has at most one
thread, so it hears things in order, and one that is slow delays nobody else.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from mehrwert.alerts.actions.delivering import prepare
from mehrwert.alerts.actions.sending import BELL
from mehrwert.alerts.choices import Step
from mehrwert.alerts.models import Message
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.wakeup import wake

MOST_TRIES = 8
FIRST_WAIT_US = 30_000_000
LEASE_US = 300_000_000
# messages looked at in one turn, messages to one address in one go, how long such a go begins anew
AT_ONCE = 200
IN_A_ROW = 20
ROW_S = 60.0
THREADS = 8

Address = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Ready:
    message: Message
    send: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of a message; ``error`` None = it went out, ``is_tried`` False = no time."""

    message: Message
    error: MehrwertError | None = None
    is_tried: bool = True


class Post:
    """Messages under way. Call it from one thread; ``close`` ends its threads.

    Attributes:
        n_sent: How many messages went out so far.
    """

    def __init__(self) -> None:
        self.n_sent = 0
        self._pool = ThreadPoolExecutor(THREADS, "alert-post")
        self._under_way: dict[Address, Future[list[_Told]]] = {}

    def turn(self, at_us: int | None = None) -> int:
        """Note what went out and hand on what is due, of all municipalities.

        Returns:
            How many messages were moved on; 0 means that there is nothing to do right now.
        """
        at = now_us() if at_us is None else at_us
        return self._collect(at) + self._hand_on(at)

    def finish(self, at_us: int | None = None, *, patience_s: float | None = None) -> None:
        """Wait for what is under way, at most so long, and note what became of it."""
        wait(self._under_way.values(), patience_s)
        self._collect(now_us() if at_us is None else at_us)

    def close(self) -> None:
        """Begin nothing more. What is under way and not noted goes out again later."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _collect(self, at_us: int) -> int:
        done = [address for address, future in self._under_way.items() if future.done()]
        told = [one for address in done for one in self._under_way.pop(address).result()]
        self.n_sent += _settle(told, at_us)
        return len(told)

    def _hand_on(self, at_us: int) -> int:
        rows: dict[Address, list[_Ready]] = defaultdict(list)
        refused: list[_Told] = []
        claimed = _claim(at_us, self._under_way)
        for message in claimed:
            with tenant_scope(message.tenant_id):
                try:
                    send = prepare(message)
                except MehrwertError as error:
                    refused.append(_Told(message, error))
                    continue
            if send is None:
                self.n_sent += 1
            else:
                rows[message.tenant_id, message.address].append(_Ready(message, send))
        _settle(refused, at_us)
        for address, row in rows.items():
            future = self._pool.submit(_send_row, row)
            self._under_way[address] = future
            future.add_done_callback(_ring)
        return len(claimed)


def send_due(at_us: int | None = None) -> int:
    """Send what is due, of all municipalities, and wait for it; return how many went out.

    A message that cannot be sent is tried again, each time after twice the wait, at most
    ``MOST_TRIES`` times, a test once; the page of the alert or rule says why.
    """
    post = Post()
    try:
        post.turn(at_us)
        post.finish(at_us)
    finally:
        post.close()
    return post.n_sent


def _ring(_: object) -> None:
    wake(BELL)


def _claim(at_us: int, busy: Container[Address]) -> list[Message]:
    """Take messages that are due, but for addresses that are told something already.

    Held for ``LEASE_US``: a crash between sending and noting it repeats them; forgetting an alarm
    would be worse. Webhooks and gateways can tell the repetition by its key.
    """
    open_ones = Message._base_manager.filter(sent_us=None, dropped_us=None, due_us__lte=at_us)
    chosen: dict[Address, list[int]] = defaultdict(list)
    with transaction.atomic():
        rows = open_ones.order_by("due_us", "pk").values_list("pk", "tenant_id", "address")
        for pk, tenant_id, address in rows.select_for_update(skip_locked=True)[:AT_ONCE]:
            if (tenant_id, address) not in busy and len(chosen[tenant_id, address]) < IN_A_ROW:
                chosen[tenant_id, address].append(pk)
        pks = [pk for row in chosen.values() for pk in row]
        if not pks:
            return []
        claimed = Message._base_manager.filter(pk__in=pks)
        claimed.update(due_us=at_us + LEASE_US, tries=F("tries") + 1)
        return list(claimed.select_related("alert", "rule").order_by("pk"))


def _send_row(row: Sequence[_Ready]) -> list[_Told]:
    """Tell one address several things, one after the other."""
    until = time.monotonic() + ROW_S
    told = []
    for ready in row:
        if time.monotonic() > until:
            told.append(_Told(ready.message, is_tried=False))
            continue
        try:
            ready.send()
        except MehrwertError as error:
            told.append(_Told(ready.message, error))
        else:
            told.append(_Told(ready.message))
    return told


def _settle(told: Sequence[_Told], at_us: int) -> int:
    """Note what became of messages, in one transaction; return how many went out."""
    sent = [one.message.pk for one in told if one.is_tried and one.error is None]
    if told:
        with transaction.atomic():
            Message._base_manager.filter(pk__in=sent).update(sent_us=at_us, error="")
            for one in told:
                if not one.is_tried:
                    again = Message._base_manager.filter(pk=one.message.pk)
                    again.update(due_us=at_us, tries=F("tries") - 1)
                elif one.error is not None:
                    _put_back(one.message, at_us, sentence_of(one.error))
    return len(sent)


def _put_back(message: Message, at_us: int, reason: str) -> None:
    most = 1 if message.step == Step.TEST.value else MOST_TRIES
    Message._base_manager.filter(pk=message.pk).update(
        dropped_us=at_us if message.tries >= most else None,
        due_us=at_us + FIRST_WAIT_US * 2 ** (message.tries - 1),
        error=reason[:200],
    )
