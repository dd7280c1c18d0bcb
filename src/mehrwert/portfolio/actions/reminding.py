"""Mails what waits: reports before and after their day, uses nobody confirmed (PF-12, TRF-113)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from mehrwert.accounts.actions import send_mail
from mehrwert.accounts.errors import MailFailedError, MailNotSetUpError
from mehrwert.accounts.models import User
from mehrwert.base.actions import set_setting
from mehrwert.base.actor import SYSTEM
from mehrwert.base.queries import read_setting
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.access import MATRIX, valid_memberships
from mehrwert.municipalities.choices import Capability
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio import queries

SETTING = "portfolio.reminded"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits.

    ``key`` and ``stage`` say together what was told already: a report is told of once before its
    day and once after it, a use once per day it was last confirmed. ``words`` is called in the
    language of the reader.
    """

    key: str
    stage: str
    label: str
    due_on: date
    is_report: bool

    def words(self) -> str:
        """Return one line of the mail."""
        what = gettext("Bericht") if self.is_report else gettext("Läuft das noch?")
        return f"- {what}: {self.label} ({self.due_on:%d.%m.%Y})"


def remind_editors(today: date | None = None) -> int:
    """Tell the editors of each municipality what waits; return how many mails went out.

    Invented municipalities get none. Without mail nothing is marked as told: the pages show the
    same anyway.
    """
    today = today or timezone.localdate()
    told: dict[str, str] = dict(read_setting(SETTING) or {})
    sent = 0
    for tenant in Tenant.objects.filter(is_demo=False, suspended_us=None).order_by("pk"):
        with tenant_scope(tenant.pk):
            waiting = list_waiting(today)
        new = {one.key: one.stage for one in waiting if told.get(one.key) != one.stage}
        if new and (n := _mail_all(tenant, waiting)):
            told |= new
            sent += n
    if sent:
        set_setting(SETTING, told, actor=SYSTEM)
    return sent


def list_waiting(today: date) -> list[Waiting]:
    """Return what waits in the municipality in scope: reports first."""
    reports = [
        Waiting(
            f"report/{due.project.pk}",
            f"{due.month:%Y-%m} {'missed' if due.is_missed else 'soon'}",
            f"{due.project.title}, {due.month:%m/%Y}",
            due.due_on,
            is_report=True,
        )
        for due in queries.list_due_reports(today)
        if due.is_soon or due.is_missed
    ]
    uses = [
        Waiting(
            f"use/{row.pk}",
            row.verified_on.isoformat(),
            row.solution.name,
            row.verified_on,
            is_report=False,
        )
        for row in queries.list_due()
    ]
    return [*reports, *uses]


def _mail_all(tenant: Tenant, waiting: list[Waiting]) -> int:
    members = valid_memberships().filter(tenant=tenant, role__in=MATRIX[Capability.EDIT_DATA])
    sent = 0
    for person in User.objects.filter(pk__in=members.values("user_id")).order_by("pk"):
        with translation.override(person.language or "de"):
            try:
                send_mail(
                    person.email, gettext("Mehrwert: Das wartet auf Sie"), _text(tenant, waiting)
                )
            except (MailNotSetUpError, MailFailedError):
                continue
        sent += 1
    return sent


def _text(tenant: Tenant, waiting: list[Waiting]) -> str:
    root = str(settings.MEHRWERT.public_url).rstrip("/")
    page = "portfolio:list" if waiting[0].is_report else "portfolio:adoption_list"
    return "\n".join(
        [
            gettext("In den Vorhaben von %(name)s wartet:") % {"name": tenant.name},
            *(one.words() for one in waiting),
            "",
            gettext("Ein Bericht hat drei Fragen, das meiste steht schon da:"),
            f"{root}{reverse(page, kwargs={'mandant': tenant.slug})}",
        ]
    )
