"""The first steps of a municipality: what to do next, what is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from mehrwert.base.navigation import NavEntry, address
from mehrwert.base.wiring import resolve, table
from mehrwert.municipalities.choices import Capability
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries.keys import count_valid_keys
from mehrwert.municipalities.queries.people import count_members

IMPORT = NavEntry("import", "", "table_files:start", "table_files")
INVITE = NavEntry("invite", "", "municipalities:invite", "municipalities")
SOURCES = NavEntry("sources", "", "intake:source_list", "intake")
TOWN = NavEntry("town", "", "municipalities:town", "municipalities")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; without ``url`` the reader's role leaves it to others."""

    label: str
    hint: str
    url: str
    is_done: bool


def list_first_steps(tenant: Tenant, can: Callable[[str], bool]) -> list[Step]:
    """Return what a municipality does first, with links where the reader may."""

    def url(entry: NavEntry, capability: str) -> str:
        return address(entry, tenant.slug) if can(capability) else ""

    return [
        Step(
            gettext("Kommune prüfen"),
            gettext("Grenze, Bevölkerung und Nachbarn sind schon da."),
            url(TOWN, Capability.MANAGE_TOWN),
            is_done=True,
        ),
        Step(
            gettext("Eine Tabelle einlesen"),
            gettext(
                "Excel oder CSV, mit Vorschau. Nichts wird gespeichert, bevor Sie es bestätigen."
            ),
            url(IMPORT, Capability.IMPORT_DATA),
            is_done=has_data(tenant),
        ),
        Step(
            gettext("Einen Sensor anschließen"),
            gettext("LoRaWAN, MQTT oder ein regelmäßiger Abruf; die Seite führt Sie durch."),
            url(SOURCES, Capability.IMPORT_DATA),
            is_done=_counts("COUNT_SOURCES", tenant) or count_valid_keys(tenant) > 0,
        ),
        Step(
            gettext("Kolleginnen und Kollegen einladen"),
            gettext("Jede Person bekommt die Rolle, die zu ihrer Aufgabe passt."),
            url(INVITE, Capability.MANAGE_PEOPLE),
            is_done=count_members(tenant) > 1,
        ),
    ]


def has_data(tenant: Tenant) -> bool:
    """Say whether anything is measured yet; the wiring says who knows."""
    return _counts("COUNT_DATA", tenant)


def _counts(name: str, tenant: Tenant) -> bool:
    counted = table(name)
    return bool(counted and resolve(counted)(tenant.pk))
