"""Reminds a municipality thirty days before values of its entries run out (CAT-206)."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from mehrwert.accounts.actions import send_mail
from mehrwert.accounts.errors import MailFailedError, MailNotSetUpError
from mehrwert.accounts.models import User
from mehrwert.base.actions import set_setting
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.queries import read_setting
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import DueEntry, list_due_entries
from mehrwert.municipalities.access import MATRIX, valid_memberships
from mehrwert.municipalities.choices import Capability
from mehrwert.municipalities.models import Tenant

SETTING = "catalogue.reminded"


def remind_owners(today: date | None = None) -> int:
    """Tell the editors of each municipality once what runs out; return how many mails went out.

    Each value is told of once per last day: a confirmed value has a new one. Without mail nothing
    is marked as told; the pages show the same list anyway.
    """
    day = today or from_us(now_us()).date()
    told: dict[str, str] = dict(read_setting(SETTING) or {})
    sent = 0
    for tenant in _owners():
        entries = list_due_entries(tenant, day)
        new = {k: v for k, v in _marks(entries).items() if told.get(k) != v}
        if new and (n := _mail_all(tenant, entries)):
            told |= new
            sent += n
    if sent:
        set_setting(SETTING, told, actor=SYSTEM)
    return sent


def _owners() -> Iterable[Tenant]:
    ids = Solution.objects.filter(is_public=True, is_withdrawn=False).exclude(owner_tenant_id=None)
    tenants = Tenant.objects.filter(pk__in=ids.values("owner_tenant_id"), suspended_us=None)
    return tenants.filter(is_demo=False).order_by("pk")


def _marks(entries: list[DueEntry]) -> dict[str, str]:
    return {
        f"{entry.solution.pk}/{due.top}": due.last_day.isoformat()
        for entry in entries
        for due in entry.dues
    }


def _mail_all(tenant: Tenant, entries: list[DueEntry]) -> int:
    members = valid_memberships().filter(tenant=tenant, role__in=MATRIX[Capability.EDIT_DATA])
    people = User.objects.filter(pk__in=members.values("user_id")).order_by("pk")
    sent = 0
    for person in people:
        with translation.override(person.language or "de"):
            subject = gettext("Mehrwert: Angaben Ihrer Einträge laufen ab")
            try:
                send_mail(person.email, subject, _text(tenant, entries))
            except (MailNotSetUpError, MailFailedError):
                continue
        sent += 1
    return sent


def _text(tenant: Tenant, entries: list[DueEntry]) -> str:
    page = reverse("catalogue_own:own", kwargs={"mandant": tenant.slug})
    lines = [gettext("In diesen Einträgen von %(name)s laufen Angaben ab:") % {"name": tenant.name}]
    for entry in entries:
        day = min(due.last_day for due in entry.dues)
        lines.append(f"- {entry.solution.name} ({day:%d.%m.%Y})")
    lines += [
        "",
        gettext("Stimmt noch alles? Ein Klick je Block bestätigt es:"),
        f"{str(settings.MEHRWERT.public_url).rstrip('/')}{page}",
    ]
    return "\n".join(lines)
