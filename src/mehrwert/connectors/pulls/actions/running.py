"""Runs pulls that are due: fetch, store, remember how far, plan the next one."""

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localtime

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.marks import mark
from mehrwert.base.secrets_file import unseal
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.pulls.errors import SealedElsewhereError, UnreadableError
from mehrwert.connectors.pulls.fetching import Login
from mehrwert.connectors.pulls.models import Pull, PullRun
from mehrwert.connectors.pulls.rules.planning import SECOND_US, lost_us, wait_s
from mehrwert.connectors.pulls.rules.recipe import find_recipe
from mehrwert.intake.actions import note_source, told_error

from .gathering import Gatherer, Part
from .storing import Store

log = logging.getLogger("mehrwert.pulls")
LEASE_S = 900
KEPT_RUNS = 100
GAP = mark("Zwischen %(from)s und %(to)s fehlen Werte: So weit zurück gibt die Quelle nichts.")


@dataclass(slots=True)
class Tally:
    """What a run brought."""

    new: int = 0
    same: int = 0
    corrected: int = 0
    is_ok: bool = True


def run_due(limit: int = 1) -> int:
    """Run what is due, of all municipalities, the longest waiting first; return how many."""
    now = now_us()
    due = Pull._base_manager.filter(
        due_us__lte=now,
        lease_until_us__lt=now,
        source__is_paused=False,
        source__ended_us=None,
    )
    keys = list(due.order_by("due_us").values_list("pk", "tenant_id")[:limit])
    return sum(run_pull(tenant_id, pk) for pk, tenant_id in keys)


def run_pull(tenant_id: int, pull_id: int) -> bool:
    """Run one pull unless somebody else does; False then.

    A run that is cut off repeats what it had not noted; readings that are there stay single.
    """
    now = now_us()
    with tenant_scope(tenant_id):
        claimed = Pull.objects.filter(Q(pk=pull_id) & Q(lease_until_us__lt=now))
        if not claimed.update(lease_until_us=now + LEASE_S * SECOND_US):
            return False
        pull = Pull.objects.select_related("source").get(pk=pull_id)
        tally, error, gap = Tally(), None, _gap(pull, now)
        try:
            _fetch(pull, tally, now)
        except MehrwertError as problem:
            error = problem
        except Exception:  # noqa: BLE001 - an answer that nobody foresaw must not stop the others
            log.exception("pull_failed", extra={"pull_id": pull_id})
            error = UnreadableError(what="?")
        _finish(pull, tally, error)
        _note_run(pull, tally, told_error(error) or gap, now)
    return True


def _gap(pull: Pull, now: int) -> dict[str, Any]:
    """Return a sentence about what the source does not give any more, empty if nothing."""
    lost = lost_us(find_recipe(pull.recipe), pull.cursor_us, now)
    if lost is None:
        return {}
    start, end = (localtime(from_us(at)).strftime("%d.%m.%Y") for at in (lost.from_us, lost.to_us))
    return {"sentence": GAP, "data": {"from": start, "to": end}}


def _fetch(pull: Pull, tally: Tally, now: int) -> None:
    recipe = find_recipe(pull.recipe)
    gatherer = Gatherer(pull, recipe, _login(pull), now)
    store = Store(pull, recipe, gatherer.place)
    for part in gatherer.parts():
        outcome = store.write(part.values, part.rows, now)
        tally.new += outcome.created
        tally.same += outcome.duplicate
        tally.corrected += outcome.corrected
        _remember(pull, part, now)


def _remember(pull: Pull, part: Part, now: int) -> None:
    """Write down how far we are, after what was read is durable."""
    newest = max((row.at_us for row in part.rows if row.values and row.at_us <= now), default=None)
    if newest is not None:
        pull.cursor_us = max(newest, pull.cursor_us or newest)
    pull.seen = {**pull.seen, **part.seen}
    pull.save(update_fields=["cursor_us", "seen", "host_key"])


def _login(pull: Pull) -> Login:
    try:
        sealed = pull.sealed_password
        password = unseal(sealed, settings.DATA_DIR) if sealed else ""
    except ValueError as error:
        raise SealedElsewhereError from error
    return Login(pull.username, password)


def _finish(pull: Pull, tally: Tally, error: MehrwertError | None) -> None:
    now = now_us()
    failures = pull.failures + 1 if error else 0
    tally.is_ok = error is None
    asked_s = int(error.data.get("wait_s", 0)) if error else 0
    due = now + wait_s(failures, pull.every_s, asked_s) * SECOND_US
    Pull.objects.filter(pk=pull.pk).update(failures=failures, due_us=due, lease_until_us=0)
    note_source(pull.source_id, ok_us=None if error else now, next_us=due, error=error)


def _note_run(pull: Pull, tally: Tally, told: dict[str, Any], started: int) -> None:
    PullRun.objects.create(
        tenant_id=pull.tenant_id,
        pull=pull,
        started_us=started,
        ended_us=now_us(),
        is_ok=tally.is_ok,
        n_new=tally.new,
        n_same=tally.same,
        n_corrected=tally.corrected,
        told=told,
    )
    runs = PullRun.objects.filter(pull=pull)
    kept = list(runs.order_by("-started_us", "-pk").values_list("pk", flat=True)[:KEPT_RUNS])
    runs.exclude(pk__in=kept).delete()
