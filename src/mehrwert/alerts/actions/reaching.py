"""Who can be told: webhooks, duty rosters, those who stand in, the gateway for SMS."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django.conf import settings
from django.db import transaction

from mehrwert.alerts.errors import WrongSpanError
from mehrwert.alerts.models import Cover, DutyPerson, Roster, Webhook
from mehrwert.alerts.sms import SETTING, SmsGateway, check_gateway, read_gateway
from mehrwert.alerts.webhook import make_secret, post_signed
from mehrwert.base.actions import record_audit, set_setting
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.outgoing import check_host
from mehrwert.base.outgoing_http import split_url
from mehrwert.base.secrets_file import seal, unseal


@dataclass(frozen=True, slots=True)
class Contact:
    """One person of a roster; at least one of ``mail`` and ``phone`` is known."""

    name: str
    mail: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RosterChoice:
    """What somebody wants a roster to be; the fields are those of ``Roster``."""

    title: str
    begins_on: date
    handover: time
    turn_days: int
    people: tuple[Contact, ...]
    fallback: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return the values as the table holds them."""
        return {
            "title": self.title,
            "begins_on": self.begins_on,
            "handover": self.handover,
            "turn_days": self.turn_days,
            "fallback": list(self.fallback),
        }

    def told(self) -> dict[str, Any]:
        """Return the values as the audit keeps them; names and addresses stay out."""
        return {
            "title": self.title,
            "begins_on": self.begins_on.isoformat(),
            "handover": self.handover.isoformat("minutes"),
            "turn_days": self.turn_days,
            "people": len(self.people),
        }


def create_webhook(tenant_id: int, title: str, url: str, *, actor: Actor) -> tuple[Webhook, str]:
    """Make a webhook; return it with its secret, which is shown once.

    Raises:
        ForeignServerError, HostNotAllowedError, HostUnknownError, PrivateAddressError: The address.
    """
    host, port, _, _ = split_url(url)
    check_host(host, port)
    secret = make_secret()
    with transaction.atomic():
        row = Webhook.objects.create(
            tenant_id=tenant_id,
            title=title,
            url=url,
            sealed_secret=seal(secret, settings.DATA_DIR),
            created_us=now_us(),
        )
        _audit(row, "webhook", actor, "create", after={"title": title, "host": host})
    return row, secret


def test_webhook(row: Webhook) -> None:
    """Tell a webhook that this is a test.

    Raises:
        MehrwertError: It did not get there; the sentence says why.
    """
    at_s = now_us() // 1_000_000
    payload = {"type": "test", "timestamp": from_us(at_s * 1_000_000).isoformat(), "data": {}}
    secret = unseal(row.sealed_secret, settings.DATA_DIR)
    post_signed(row.url, secret, key=f"test_{row.pk}_{now_us()}", at_s=at_s, payload=payload)


def delete_webhook(row: Webhook, *, actor: Actor) -> None:
    """Delete a webhook; rules that name it say so when they next want to tell it."""
    with transaction.atomic():
        _audit(row, "webhook", actor, "delete", before={"title": row.title})
        row.delete()


def save_roster(
    tenant_id: int, row: Roster | None, choice: RosterChoice, *, actor: Actor
) -> Roster:
    """Make or change a roster. Who is named as before keeps their stand-ins."""
    with transaction.atomic():
        roster = row or Roster(tenant_id=tenant_id, created_us=now_us())
        for name, value in choice.columns().items():
            setattr(roster, name, value)
        roster.save()
        _put_people(roster, choice.people)
        verb = "create" if row is None else "update"
        _audit(roster, "roster", actor, verb, after=choice.told())
    return roster


def delete_roster(row: Roster, *, actor: Actor) -> None:
    """Delete a roster; rules that name it say so when they next want to tell it."""
    with transaction.atomic():
        _audit(row, "roster", actor, "delete", before={"title": row.title})
        row.delete()


def add_cover(person: DutyPerson, start_us: int, end_us: int, *, actor: Actor) -> Cover:
    """Let somebody stand in; of two that overlap the newer one counts.

    Raises:
        WrongSpanError: The end is not after the beginning.
    """
    if end_us <= start_us:
        raise WrongSpanError
    with transaction.atomic():
        cover = Cover.objects.create(
            tenant_id=person.tenant_id,
            roster=person.roster,
            person=person,
            start_us=start_us,
            end_us=end_us,
            created_us=now_us(),
        )
        _audit(person.roster, "roster", actor, "cover", after=_span(cover))
    return cover


def remove_cover(cover: Cover, *, actor: Actor) -> None:
    """Take back that somebody stands in."""
    with transaction.atomic():
        _audit(cover.roster, "roster", actor, "uncover", before=_span(cover))
        cover.delete()


def save_gateway(chosen: SmsGateway, *, secret: str | None, actor: Actor) -> None:
    """Store how SMS go out.

    Args:
        chosen: The gateway without secret.
        secret: The new one, empty for none, ``None`` to keep the old one.
        actor: Who changes it.

    Raises:
        TemplateError, ForeignServerError, HostNotAllowedError, HostUnknownError,
        PrivateAddressError: as ``check_gateway``.
    """
    check_gateway(chosen)
    sealed = read_gateway().sealed_secret
    if secret is not None:
        sealed = seal(secret, settings.DATA_DIR) if secret else ""
    set_setting(SETTING, replace(chosen, sealed_secret=sealed).as_setting(), actor=actor)


def _put_people(roster: Roster, people: tuple[Contact, ...]) -> None:
    names = [person.name for person in people]
    DutyPerson.objects.filter(roster=roster).exclude(name__in=names).delete()
    for place, person in enumerate(people):
        DutyPerson.objects.update_or_create(
            roster=roster,
            name=person.name,
            defaults={
                "tenant_id": roster.tenant_id,
                "place": place,
                "mail": person.mail,
                "phone": person.phone,
            },
        )


def _span(cover: Cover) -> dict[str, str]:
    return {
        "from": from_us(cover.start_us).isoformat(),
        "until": from_us(cover.end_us).isoformat(),
    }


def _audit(row: Webhook | Roster, kind: str, actor: Actor, verb: str, **values: Any) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind=kind,
        object_id=row.pk,
        label=row.title,
        tenant_id=row.tenant_id,
        **values,
    )
