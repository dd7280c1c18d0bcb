"""One message on its way: by mail, as SMS, to a webhook, on to whoever is on duty."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mehrwert.accounts.actions import ready_mail
from mehrwert.alerts.choices import Channel
from mehrwert.alerts.errors import NobodyOnDutyError, UnknownRosterError, UnknownWebhookError
from mehrwert.alerts.models import DutyPerson, Message, Roster, Webhook
from mehrwert.alerts.queries import read_on_duty
from mehrwert.alerts.rules import channel_of, number_of
from mehrwert.alerts.sms import is_sms_ready, ready_sms
from mehrwert.alerts.webhook import post_signed
from mehrwert.alerts.wording import mail_text, payload_of, sms_text
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.secrets_file import unseal


def prepare(message: Message) -> Callable[[], None] | None:
    """Return what brings one message to where it belongs; None if that is done already.

    What is returned asks no database, so that a thread of its own can wait for the other side.
    It raises a ``MehrwertError`` whose sentence says why the message did not get there.

    Raises:
        MehrwertError: It cannot go at all.
    """
    return WAYS[channel_of(message.address)](message)


def _by_mail(message: Message) -> Callable[[], None]:
    subject, body = mail_text(message)
    return ready_mail(message.address, subject, body)


def _by_sms(message: Message) -> Callable[[], None]:
    return ready_sms(message.address, sms_text(message), message.key.hex)


def _to_webhook(message: Message) -> Callable[[], None]:
    row = Webhook.objects.filter(pk=number_of(message.address)).first()
    if row is None:
        raise UnknownWebhookError
    secret = unseal(row.sealed_secret, settings.DATA_DIR)
    at_s = now_us() // 1_000_000
    payload = payload_of(message, at_s)
    key = f"msg_{message.key.hex}"
    return partial(post_signed, row.url, secret, key=key, at_s=at_s, payload=payload)


def _to_roster(message: Message) -> None:
    """Put a message for each way to the person on duty into the queue, all of them or none."""
    roster = Roster.objects.filter(pk=number_of(message.address)).first()
    if roster is None:
        raise UnknownRosterError
    zone = ZoneInfo(settings.TIME_ZONE)
    person = read_on_duty(roster, from_us(now_us()), zone)
    addresses = _reach(person) or list(roster.fallback)
    if not addresses:
        raise NobodyOnDutyError(roster=roster.title)
    with transaction.atomic():
        for address in addresses:
            _pass_on(message, address)
        Message.objects.filter(pk=message.pk).update(sent_us=now_us(), error="")


def _reach(person: DutyPerson | None) -> list[str]:
    """Return the ways to a person; the phone only if there is another way or SMS is set up."""
    if person is None:
        return []
    ways = [person.phone] if person.phone and (is_sms_ready() or not person.mail) else []
    return [*ways, person.mail] if person.mail else ways


def _pass_on(message: Message, address: str) -> None:
    given = {"tenant_id": message.tenant_id, "due_us": now_us()}
    if message.alert_id is None:
        Message.objects.create(rule=message.rule, step=message.step, address=address, **given)
        return
    Message.objects.get_or_create(
        alert_id=message.alert_id, step=message.step, address=address, defaults=given
    )


WAYS: dict[Channel, Callable[[Message], Callable[[], None] | None]] = {
    Channel.MAIL: _by_mail,
    Channel.SMS: _by_sms,
    Channel.WEBHOOK: _to_webhook,
    Channel.ROSTER: _to_roster,
}
