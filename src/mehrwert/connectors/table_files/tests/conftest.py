"""Fixtures of the room: a store, a town with people, a folder for handed-in files."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mehrwert.accounts.actions import create_user
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us
from mehrwert.base.models import Job
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.worker import claim_job, run_job
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.municipalities.actions import create_tenant, set_membership, set_read_only
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.queries import list_datastreams, read_observations
from mehrwert.observations.tests.fixtures import observation_store

__all__ = ["observation_store"]

MUENSTER = Path(__file__).parent / "data" / "muenster"
DESCRIPTION = """
key = "muenster"
title = "Radzählungen"

[table]
time = "Datetime"
clock_change = "merged"
covers_s = 900

[stations]
table = "{station}.csv"
position_note = "ungefähr"

[series]
property = "Verkehrsmenge"
unit_name = "Fahrzeuge je Viertelstunde"
aggregation = "sum"
expected_interval_s = 900
licence = "dl-de/by-2-0"
credit = "Stadt Münster"
"""


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@dataclass
class Town:
    """One municipality, its browsers by role, and ways to hand tables in."""

    tenant: object
    clients: dict[str, Client]

    @property
    def client(self) -> Client:
        return self.clients["editor"]

    @property
    def context(self) -> WriteContext:
        return WriteContext(self.tenant.pk, "table", SYSTEM)

    def path(self, rest: str = "") -> str:
        return f"/{self.tenant.slug}/daten/einlesen/{rest}"

    def upload(self, text, name="Wetter_Bauhof.csv", encoding="utf-8"):
        content = text if isinstance(text, bytes) else text.encode(encoding)
        return self.client.post(self.path(), {"file": SimpleUploadedFile(name, content)})

    def describe(self, number: int, **changes):
        """Send the form of the columns as it is proposed, with some changes."""
        page = self.client.get(self.path(f"{number}/spalten/"))
        form = page.context["form"]
        values = {name: form[name].value() for name in form.fields if name != "own_units"}
        sent = {name: str(value) for name, value in values.items() if value not in (None, "")}
        return self.client.post(self.path(f"{number}/spalten/"), {**sent, **changes})

    def take(self, text, **changes) -> TableImport:
        """Hand a table in, confirm the proposal, store it; return the import."""
        answer = self.upload(text)
        number = int(answer["Location"].split("/")[-3])
        self.describe(number, **changes)
        self.client.post(self.path(f"{number}/uebernehmen/"))
        work_off()
        return self.row(number)

    def row(self, number: int) -> TableImport:
        with tenant_scope(self.tenant.pk):
            return TableImport.objects.get(pk=number)

    def rows(self) -> list[TableImport]:
        with tenant_scope(self.tenant.pk):
            return list(TableImport.objects.order_by("id"))

    def undo(self, number: int) -> TableImport:
        """Take an import back on its page."""
        self.client.post(self.path(f"{number}/rueckgaengig/"))
        work_off()
        return self.row(number)

    def series(self):
        return {line.name: line for line in list_datastreams(self.tenant.pk)}

    def values(self, name: str):
        line = self.series()[name]
        rows = read_observations(self.tenant.pk, line.id, newest_first=False, limit=10_000)
        return [(str(from_us(row.time_us))[:16], row.result) for row in rows]


def work_off() -> None:
    """Run every job that waits."""
    while (job := claim_job("test")) is not None:
        run_job(job)


def last_job() -> Job:
    return Job.objects.order_by("-enqueued_us").first()


def make_town(slug: str, number: int) -> Town:
    tenant = create_tenant(
        level="demo", ars=str(990000000000 + number), slug=slug, name=slug.title(), is_demo=True
    )
    clients = {}
    for role in ("editor", "viewer", "admin"):
        user = create_user(
            email=f"{role}@{slug}.example", display_name=role, password="vier blaue Esel im Wald"
        )
        set_membership(tenant, user, role)
        clients[role] = Client()
        clients[role].force_login(user)
    return Town(tenant, clients)


@pytest.fixture
def town(observation_store):
    return make_town("auental", 1)


@pytest.fixture
def elsewhere(observation_store):
    return make_town("nebenan", 2)


@pytest.fixture
def frozen(town):
    set_read_only(town.tenant, True, actor=SYSTEM)
    return town
