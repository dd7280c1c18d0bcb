"""A small invented town with people, seen through its pages."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.test import Client

from mehrwert.accounts.actions import create_user
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.municipalities.actions import create_tenant, set_membership
from mehrwert.observations import actions
from mehrwert.observations.periods import BERLIN

HOUR = 3_600_000_000
MINUTE = 60_000_000
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[7.5, 51.9], [7.7, 51.9], [7.7, 52.0], [7.5, 52.0], [7.5, 51.9]]],
}
SERIES = {
    "aggregation": "mean",
    "protection": "open",
    "source": "eigener Sensor",
    "licence": "CC BY 4.0",
    "credit": "Auental (erfunden)",
}


def at(*given, **more):
    """Microseconds of a local time."""
    return round(datetime(*given, tzinfo=BERLIN, **more).timestamp()) * 1_000_000


@dataclass
class Town:
    """One municipality, its editor's browser, and ways to fill it."""

    tenant: object
    client: Client
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def context(self):
        return actions.WriteContext(self.tenant.pk, "test", SYSTEM)

    def path(self, rest=""):
        return f"/{self.tenant.slug}/daten/{rest}"

    def get(self, rest="", role="", **query):
        client = self.clients[role] if role else self.client
        return client.get(self.path(rest), query)

    def post(self, rest, data, role=""):
        client = self.clients[role] if role else self.client
        return client.post(self.path(rest), data)

    def thing(self, name, *, lon=7.6, lat=51.95, approximate=False, place="", series=None):
        """Create a thing with one series; return both ids."""
        given = {"property_name": "Wasserstand", "unit_symbol": "m", **(series or {})}
        prop = given.pop("property_name")
        fields = {**SERIES, "name": prop, "expected_interval_s": 900, **given}
        return actions.set_up_thing(
            self.context,
            name=name,
            description="",
            place=actions.Place(place, lon, lat, approximate),
            series=actions.SeriesByHand(prop, "Drucksonde", fields),
        )

    def record(self, datastream_id, times, values, **columns):
        batch = actions.ReadingBatch(datastream_id, list(times), list(values), **columns)
        return actions.record_observations(self.context, [batch])

    def record_up_to(self, datastream_id, end_us, values, step_us=15 * MINUTE):
        """Record values whose last one stands at ``end_us``."""
        values = list(values)
        times = [end_us - (len(values) - 1 - i) * step_us for i in range(len(values))]
        self.record(datastream_id, times, values)


def make_town(slug="auental", number=1, roles=("editor",)):
    tenant = create_tenant(
        level="demo",
        ars=str(990000000000 + number),
        slug=slug,
        name=slug.title(),
        is_demo=True,
        boundary=SQUARE,
        actor=SYSTEM,
    )
    clients = {}
    for role in roles:
        user = create_user(email=f"{role}@{slug}.example", display_name=role.title())
        set_membership(tenant, user, role, actor=SYSTEM)
        clients[role] = Client()
        clients[role].force_login(user)
    return Town(tenant, clients[roles[0]], clients)


@pytest.fixture
def place(observation_store):
    """Auental with an editor and a viewer."""
    return make_town(roles=("editor", "viewer"))


@pytest.fixture
def elsewhere(observation_store):
    """Another municipality."""
    return make_town("nebenan", 2)


def text_of(response):
    """The page as text with plain spaces."""
    return response.content.decode().replace("\u00a0", " ")


__all__ = ["HOUR", "MINUTE", "Town", "at", "elsewhere", "make_town", "now_us", "place", "text_of"]
