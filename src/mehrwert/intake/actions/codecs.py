"""Codecs: a new version proves itself before it decodes; who misbehaves is switched off."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.intake.choices import CodecOrigin, CodecState
from mehrwert.intake.codecs import check_examples, read_library_codec, trial_sandbox
from mehrwert.intake.codecs.library import examples_from
from mehrwert.intake.errors import CodecExamplesError, UnknownCodecError
from mehrwert.intake.models import Codec, Device
from mehrwert.intake.queries import read_active_codec
from mehrwert.intake.rules.readings import STOPS_WITHIN_US, must_stop

# these run nothing: there is nothing to prove
WITHOUT_EXAMPLES = (CodecOrigin.NETWORK, CodecOrigin.BINDING)


def ensure_library_codec(slug: str, *, actor: Actor) -> Codec:
    """Return the active version of a codec; take the one of the library if it is newer or new.

    Raises:
        UnknownCodecError: Neither the municipality nor the library has it.
    """
    shipped, active = read_library_codec(slug), read_active_codec(slug)
    if shipped is None or (active is not None and active.version >= shipped.version):
        if active is None:
            raise UnknownCodecError
        return active
    return save_codec(
        slug,
        name=shipped.name,
        script=shipped.script,
        description=shipped.description,
        examples=shipped.examples,
        origin=CodecOrigin.LIBRARY,
        actor=actor,
    )


def save_codec(  # noqa: PLR0913 - what makes a version
    slug: str,
    *,
    name: str,
    script: str,
    description: dict[str, Any],
    examples: list[dict[str, Any]],
    actor: Actor,
    origin: CodecOrigin = CodecOrigin.OWN,
) -> Codec:
    """Store a new version and try its examples; it replaces the active one only if all pass.

    Raises:
        CodecExamplesError: An example is not understandable; nothing was stored.
    """
    tenant_id = current_tenant_id()
    verdicts = try_examples(f"{tenant_id}/{slug}", script, examples)
    with transaction.atomic():
        newest = Codec.objects.filter(slug=slug).aggregate(n=Max("version"))["n"] or 0
        row = Codec.objects.create(
            tenant_id=tenant_id,
            slug=slug,
            version=newest + 1,
            name=name,
            origin=origin.value,
            script=script,
            description=description,
            examples=examples,
            verdicts=verdicts,
            created_us=now_us(),
        )
        if _has_passed(verdicts) or origin in WITHOUT_EXAMPLES:
            _activate(row)
        _audit(row, actor, "create", {"version": row.version, "state": row.state})
    return row


def reactivate_codec(row: Codec, *, actor: Actor) -> bool:
    """Try the examples again and switch the codec on if all pass; say whether they did."""
    row.verdicts = try_examples(f"{row.tenant_id}/{row.slug}", row.script, row.examples)
    with transaction.atomic():
        row.stops_us = []
        row.save(update_fields=["verdicts", "stops_us"])
        passed = _has_passed(row.verdicts)
        if passed:
            _activate(row)
        _audit(row, actor, "update", {"state": row.state})
    return passed


def stop_codec(row: Codec, *, actor: Actor) -> None:
    """Switch a codec off; messages of its devices wait."""
    with transaction.atomic():
        row.state = CodecState.STOPPED.value
        row.save(update_fields=["state"])
        _audit(row, actor, "stop", {"state": row.state})


def note_stops(row: Codec, n: int) -> bool:
    """Remember that a codec had to be stopped by force; say whether that switched it off."""
    now = now_us()
    recent = [at for at in row.stops_us if at > now - STOPS_WITHIN_US]
    row.stops_us = [*recent, *[now] * n][-10:]
    row.save(update_fields=["stops_us"])
    if not must_stop(row.stops_us, now):
        return False
    stop_codec(row, actor=SYSTEM)
    return True


def try_examples(context: str, script: str, examples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run examples in the worker for trials and return the verdicts as JSON.

    Raises:
        CodecExamplesError: An example is not understandable.
    """
    try:
        given = examples_from(examples)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodecExamplesError(what=str(error)[:60]) from error
    return [asdict(v) for v in check_examples(trial_sandbox(), context, script, given)]


def _has_passed(verdicts: list[dict[str, Any]]) -> bool:
    return bool(verdicts) and all(not verdict["reason"] for verdict in verdicts)


def _activate(row: Codec) -> None:
    """Let a version decode in place of the others of its name; its devices move over."""
    others = Codec.objects.filter(slug=row.slug).exclude(pk=row.pk)
    others.filter(state__in=[CodecState.ACTIVE.value, CodecState.STOPPED.value]).update(
        state=CodecState.REPLACED.value
    )
    Device.objects.filter(codec__slug=row.slug).update(codec=row)
    row.state = CodecState.ACTIVE.value
    row.save(update_fields=["state"])


def _audit(row: Codec, actor: Actor, verb: str, after: dict[str, Any]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="codec",
        object_id=row.pk,
        label=str(row),
        after=after,
        tenant_id=row.tenant_id,
    )
