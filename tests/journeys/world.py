"""Two municipalities with people in every role, a key, a thing and a series each."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from mehrwert.accounts.actions import create_key
from mehrwert.accounts.models import User
from mehrwert.alerts.access import find_rule
from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.tests.factories import make_plan, open_round, watching
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.models import Job
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.mqtt.tests.factories import make_recorded
from mehrwert.connectors.pulls.tests.factories import make_pull
from mehrwert.intake.tests.fixtures import make_intake
from mehrwert.municipalities.access import read_membership
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import (
    ARS,
    make_member,
    make_person,
    make_tenant,
    official,
    outline,
)
from mehrwert.observations.tests.fixtures import make_town
from mehrwert.portfolio.tests.factories import make_project

from .pages import ROLES

WORLD = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ANY = {
    "ending": "pdf",
    "identity": "unbekannt",
    "part": "unbekannt",
    "rest": "unbekannt",
    "form": "ttl",
    "month": "2026-06",
    "report_id": 999_999_999,
    "decision_id": 999_999_999,
    "indicator_id": 999_999_999,
    "arrow_id": 999_999_999,
    "step_id": 999_999_999,
    "risk_id": 999_999_999,
    "measure_id": 999_999_999,
    "funding_id": 999_999_999,
    "assessment_id": 999_999_999,
    "link_id": 999_999_999,
    "look_id": 999_999_999,
    "said_id": 999_999_999,
    "search_id": 999_999_999,
    "share_id": 999_999_999,
    "duty_id": 999_999_999,
    "closure_id": 999_999_999,
    "replacement_id": 999_999_999,
    "gate": "P1",
    "name": "gibt-es-nicht.zip",
    "page": "impressum",
    "token": "unbekannt",
    "code": "unbekannt",
    "provider_id": "unbekannt",
    "session_id": 1,
    "step": "aktivieren",
    "calibration_id": 999_999_999,
    "maintenance_id": 999_999_999,
    "roster_id": 999_999_999,
    "policy_id": 999_999_999,
    "hold_id": 999_999_999,
    "cover_id": 999_999_999,
    "webhook_id": 999_999_999,
    "uidb36": "1",
    "key": "unbekannt",
    "kind": "indicator",
    "tenant_id": 999_999_999,
    "level": "gemeinde",
    "ars": ARS["auendorf"],
    "delivery_id": 1,
    "version": 999,
    "import_id": 999_999_999,
    "edit_id": 999_999_999,
    "evaluation_id": 999_999_999,
    "finding_id": 999_999_999,
    "paper_id": 999_999_999,
    "voice_id": 999_999_999,
    "piece_id": 999_999_999,
    "plan_hash": "0" * 64,
    "slug": "gibt-es-nicht",
    "number": 1,
    "adoption_id": 999_999_999,
    "job_id": "f" * 32,
    "trash_id": 999_999_999,
    "year": 2026,
}


@dataclass(frozen=True)
class World:
    """Who there is and what may stand in an address, per municipality."""

    people: dict[str, User]
    ids: dict[str, dict[str, Any]]
    installation: dict[str, Any]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, visitor: str) -> Client:
        """Return the browser of a visitor, signed in."""
        if visitor not in self.clients:
            self.clients[visitor] = Client()
            if visitor in self.people:
                self.clients[visitor].force_login(self.people[visitor])
        return self.clients[visitor]

    def url(self, name: str, pattern: URLPattern, *, ids: str = "auental") -> str:
        """Return the address of a page in Auental, with ids of this or another municipality."""
        inside = self.ids[ids] if "mandant" in arguments(name, pattern) else {}
        known = {**ANY, **self.installation, **inside, "mandant": "auental"}
        return reverse(name, kwargs={key: known[key] for key in arguments(name, pattern)})


def arguments(name: str, pattern: URLPattern) -> set[str]:
    """Return the names of what stands in the address of a page, also in its prefix."""
    from django.urls import get_resolver

    found = get_resolver()
    for space in name.split(":")[:-1]:
        prefix, found = found.namespace_dict[space]
        own = set(found.pattern.converters)
        if "mandant" in prefix:
            own.add("mandant")
        return own | set(pattern.pattern.regex.groupindex)
    return set(pattern.pattern.regex.groupindex)


def build() -> World:
    """Fill an empty database."""
    official(ARS["auendorf"], "Auendorf")
    outline(ARS["auendorf"], 7.0)
    auental, zell = make_tenant("auental"), make_tenant("zell")
    people = {role: make_member(auental, role, role) for role in ROLES}
    people["stranger"] = make_member(zell, "admin", "stranger")
    people["operator"] = make_person("operator", is_operator=True)
    ids = {
        "auental": _ids(auental, people["viewer"]),
        "zell": _ids(zell, people["stranger"]),
    }
    common = {name: ids["auental"][name] for name in ("town_id", "user_id")}
    return World(people, ids, common)


def _ids(tenant: Tenant, member: User) -> dict[str, Any]:
    key, _ = create_key(tenant_id=tenant.pk, name="Test", scopes=["read"], actor=SYSTEM)
    measured = make_town(tenant.pk)
    first = measured.record([1_700_000_000_000_000, 1_700_000_900_000_000], [1.0, 2.0])
    plan = make_plan(tenant.pk)
    rule_id = watching(tenant.pk, measured.datastream_id, plan_id=plan.pk)
    measured.record([1_700_001_800_000_000], [3.0])
    look_at_readings(tenant.pk, [measured.datastream_id])
    with tenant_scope(tenant.pk):
        alert_id = find_rule(rule_id).open_alert_id
    membership = read_membership(member, tenant)
    assert membership is not None
    job = Job.objects.create(
        id=uuid.uuid4().hex,
        task="keine",
        title="Probe",
        tenant_id=tenant.pk,
        enqueued_us=now_us(),
    )
    return {
        "job_id": job.pk,
        "town_id": tenant.pk,
        "key_id": key.pk,
        "member_id": membership.pk,
        "user_id": member.pk,
        "thing_id": measured.thing_id,
        "datastream_id": measured.datastream_id,
        "observation_id": first.rows[0].ids[0],
        "rule_id": rule_id,
        "alert_id": alert_id,
        "project_id": make_project(tenant.pk).pk,
        **open_round(tenant.pk),
        **make_intake(tenant.pk),
        "binding_id": make_recorded(tenant.pk),
        "pull_id": make_pull(tenant.pk).source_id,
        "recipe": "pegelonline",
    }
