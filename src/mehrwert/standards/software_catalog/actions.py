"""Software: its owner writes (CAT-718). Webhooks: set up, change, queue, send (CAT-714)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.outgoing import check_host
from mehrwert.base.outgoing_http import Question, fetch, split_url
from mehrwert.base.secrets_file import seal, unseal
from mehrwert.catalogue.actions import revise_solution
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.models import Tenant

from .choices import Change, Delivery, Kind
from .models import SoftwareRecord, Webhook, WebhookDelivery
from .rules_webhooks import BREATH_US, body_of, joined, next_try_us, signature_of

BATCH = 100
MOST_ANSWER = 64 * 1024
KEPT_DELIVERIES = 200


def write_software(
    solution: Solution, tenant: Tenant, told: Mapping[str, Any], *, actor: Actor
) -> None:
    """Store what the owner of a software says; all of it or nothing.

    A new ``url`` becomes a version of the entry, the rest stands beside it.

    Args:
        solution: The software.
        tenant: The municipality that looks after it.
        told: url, aliases, active, vitality and analysis, checked.
        actor: The key.

    Raises:
        MehrwertError: The entry belongs to somebody else, or changed meanwhile.
    """
    with transaction.atomic():
        code = dict(solution.profile.get("code") or {})
        if told["url"] != code.get("repository_url"):
            code["repository_url"] = told["url"]
            revise_solution(
                solution,
                tenant,
                {**solution.profile, "code": code},
                reason="Software Catalog API",
                based_on=solution.version,
                actor=actor,
            )
        before = SoftwareRecord.objects.filter(tenant_id=tenant.pk, solution=solution).first()
        values = {
            "is_active": told["active"],
            "aliases": told["aliases"],
            "vitality": told["vitality"],
            "analysis": told["analysis"],
        }
        SoftwareRecord.objects.update_or_create(
            solution=solution, defaults={**values, "tenant_id": tenant.pk, "changed_us": now_us()}
        )
        record_audit(
            actor=actor,
            verb="update",
            kind="solution",
            object_id=solution.pk,
            label=solution.name,
            before={name: getattr(before, name) for name in values} if before else None,
            after=values,
            tenant_id=tenant.pk,
        )
        queue_change(Kind.SOFTWARE, str(solution.uuid), Change.UPDATE)


def create_webhook(
    tenant_id: int, kind: Kind, subject_id: str, *, url: str, secret: str, actor: Actor
) -> Webhook:
    """Set a webhook up.

    Raises:
        MehrwertError: Its host must not be asked, see ``base.outgoing``.
    """
    _check_address(url)
    with transaction.atomic():
        row = Webhook.objects.create(
            tenant_id=tenant_id,
            kind=kind,
            subject_id=subject_id,
            url=url,
            sealed_secret=seal(secret, settings.DATA_DIR) if secret else "",
            created_us=now_us(),
            changed_us=now_us(),
        )
        _audit(row, "create", actor)
    return row


def change_webhook(row: Webhook, *, url: str, secret: str | None, actor: Actor) -> Webhook:
    """Change the address, and the secret where one is given.

    Raises:
        MehrwertError: Its host must not be asked.
    """
    _check_address(url)
    with transaction.atomic():
        row.url, row.changed_us = url, now_us()
        if secret is not None:
            row.sealed_secret = seal(secret, settings.DATA_DIR) if secret else ""
        row.save()
        _audit(row, "update", actor)
    return row


def delete_webhook(row: Webhook, *, actor: Actor) -> None:
    """Take a webhook away with its deliveries."""
    with transaction.atomic():
        _audit(row, "delete", actor)
        row.delete()


def queue_change(kind: Kind, subject_id: str, change: Change) -> int:
    """Let a change wait for every webhook that watches; return for how many."""
    hooks = list(Webhook.objects.filter(kind=kind, subject_id__in=["", subject_id]))
    subject, now = f"/{kind}/{subject_id}", now_us()
    with transaction.atomic():
        for hook in hooks:
            waiting = WebhookDelivery.objects.select_for_update().filter(
                webhook=hook, subject=subject, state=Delivery.WAITING, tries=0
            )
            row = waiting.first()
            if row is not None:
                row.change = joined(Change(row.change), change)
                row.save(update_fields=["change"])
                continue
            WebhookDelivery.objects.create(
                webhook=hook,
                change=change,
                subject=subject,
                state=Delivery.WAITING,
                created_us=now,
                next_try_us=now + BREATH_US,
            )
    return len(hooks)


def send_due() -> int:
    """Send what is due; return how many arrived. Called twice, a message may arrive twice."""
    due = WebhookDelivery.objects.select_related("webhook").filter(
        state=Delivery.WAITING, next_try_us__lte=now_us()
    )
    arrived = sum(_send(row) for row in due.order_by("next_try_us", "pk")[:BATCH])
    _forget_old()
    return arrived


def _send(row: WebhookDelivery) -> bool:
    body = body_of(row.change, row.subject)
    headers = {"Content-Type": "application/json"}
    row.tries += 1
    try:
        if row.webhook.sealed_secret:
            secret = unseal(row.webhook.sealed_secret, settings.DATA_DIR)
            headers["X-Webhook-Signature"] = signature_of(secret, body)
        answer = fetch(Question(row.webhook.url, headers, "POST", body, MOST_ANSWER))
        row.last_status, row.last_error = answer.status, ""
    except (MehrwertError, ValueError) as error:
        row.last_status, row.last_error = None, str(error)[:300]
    if row.last_status is not None and 200 <= row.last_status < 300:
        row.state = Delivery.DONE
    else:
        again = next_try_us(row.tries, now_us(), row.created_us)
        row.state = Delivery.FAILED if again is None else Delivery.WAITING
        row.next_try_us = again or row.next_try_us
    row.save()
    return row.state == Delivery.DONE


def _forget_old() -> None:
    """Keep the newest finished deliveries of each webhook."""
    for hook in Webhook.objects.all():
        over = hook.deliveries.exclude(state=Delivery.WAITING).order_by("-pk")[KEPT_DELIVERIES:]
        WebhookDelivery.objects.filter(pk__in=[row.pk for row in over]).delete()


def _check_address(url: str) -> None:
    host, port, _is_tls, _path = split_url(url)
    check_host(host, port)


def _audit(row: Webhook, verb: str, actor: Actor) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="webhook",
        object_id=str(row.pk),
        label=urlsplit(row.url).hostname or "",
        after={"kind": row.kind, "subject": row.subject_id},
        tenant_id=row.tenant_id,
    )
