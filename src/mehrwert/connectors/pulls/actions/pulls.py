"""Pulls: made from a recipe, changed, paused, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.outgoing import check_host
from mehrwert.base.secrets_file import seal
from mehrwert.base.tenant import current_tenant_id
from mehrwert.base.wakeup import wake
from mehrwert.connectors.pulls.models import Pull
from mehrwert.connectors.pulls.rules.recipe import Recipe, find_recipe
from mehrwert.connectors.pulls.rules.table import values_of
from mehrwert.intake.actions import create_source, end_source, pause_source, rename_source

BELL = "pulls"
KIND = "pull"
RETENTION_DAYS = 90
PORTS = {"http": 80, "https": 443, "sftp": 22, "ftp": 21}


@dataclass(frozen=True, slots=True)
class Credentials:
    """As whom to sign in; ``password`` None keeps the one there is."""

    username: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True)
class PullForm:
    """What a person says of a pull. ``lon``, ``lat`` None: the server says it, or nobody."""

    name: str
    answers: Mapping[str, str]
    every_s: int
    lon: float | None = None
    lat: float | None = None


def create_pull(
    slug: str, form: PullForm, login: Credentials, *, actor: Actor, paused: bool = False
) -> Pull:
    """Make a pull; its first run follows at once, unless it is to be paused: then nobody is asked.

    Raises:
        UnknownRecipeError: No such recipe.
        PullInputError: An answer is not usable.
        HostNotAllowedError, HostUnknownError, PrivateAddressError: The host must not be asked.
    """
    recipe = find_recipe(slug)
    answers = _checked(recipe, form.answers, asks_host=not paused)
    now = now_us()
    with transaction.atomic():
        source, _ = create_source(
            kind=KIND, name=form.name, retention_days=RETENTION_DAYS, actor=actor
        )
        row = Pull.objects.create(
            tenant_id=current_tenant_id(),
            source=source,
            recipe=slug,
            answers=answers,
            username=login.username,
            sealed_password=_sealed(login, ""),
            lon=form.lon,
            lat=form.lat,
            every_s=form.every_s,
            due_us=now,
            created_us=now,
        )
        _audit(row, actor, "create")
        if paused:
            pause_source(source, paused=True, actor=actor)
        transaction.on_commit(lambda: wake(BELL))
    return row


def change_pull(row: Pull, form: PullForm, login: Credentials, *, actor: Actor) -> None:
    """Change a pull; the next run follows at once.

    Raises:
        PullInputError, HostNotAllowedError, HostUnknownError, PrivateAddressError: As above.
    """
    row.answers = _checked(find_recipe(row.recipe), form.answers)
    with transaction.atomic():
        row.every_s, row.lon, row.lat = form.every_s, form.lon, form.lat
        row.username, row.sealed_password = login.username, _sealed(login, row.sealed_password)
        row.due_us, row.failures, row.seen = now_us(), 0, {}
        row.save()
        days = row.source.retention_days
        rename_source(row.source, name=form.name, retention_days=days, actor=actor)
        _audit(row, actor, "update")
        transaction.on_commit(lambda: wake(BELL))


def pull_now(row: Pull, *, actor: Actor) -> None:
    """Let the next run follow at once."""
    with transaction.atomic():
        Pull.objects.filter(pk=row.pk).update(due_us=now_us())
        _audit(row, actor, "restart")
        transaction.on_commit(lambda: wake(BELL))


def pause_pull(row: Pull, *, paused: bool, actor: Actor) -> None:
    """Let a pull rest, or go on at once."""
    pause_source(row.source, paused=paused, actor=actor)
    if not paused:
        Pull.objects.filter(pk=row.pk).update(due_us=now_us(), failures=0)
        wake(BELL)


def trust_host_key(row: Pull, *, actor: Actor) -> None:
    """Forget who an SFTP server was; the next run believes who it is then."""
    with transaction.atomic():
        Pull.objects.filter(pk=row.pk).update(host_key="", due_us=now_us(), failures=0)
        _audit(row, actor, "confirm")
        transaction.on_commit(lambda: wake(BELL))


def end_pull(row: Pull, *, actor: Actor) -> None:
    """Fetch no more; what came stays."""
    end_source(row.source, actor=actor)


def _checked(recipe: Recipe, given: Mapping[str, str], *, asks_host: bool = True) -> dict[str, str]:
    answers = recipe.check(given)
    if recipe.kind == "table":
        values_of(answers["columns"])
    if asks_host:
        check_host(*_host(recipe, answers))
    return answers


def _host(recipe: Recipe, answers: Mapping[str, str]) -> tuple[str, int]:
    if recipe.host:
        return recipe.host, 443
    parts = urlsplit(answers["address"])
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def _sealed(login: Credentials, before: str) -> str:
    if login.password is None:
        return before
    return seal(login.password, settings.DATA_DIR) if login.password else ""


def _audit(row: Pull, actor: Actor, verb: str) -> None:
    after: dict[str, Any] = {"recipe": row.recipe, "answers": row.answers, "every_s": row.every_s}
    record_audit(
        actor=actor,
        verb=verb,
        kind="pull",
        object_id=row.source_id,
        label=str(row),
        after=after,
        tenant_id=row.tenant_id,
    )
