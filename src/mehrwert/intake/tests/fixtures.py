"""A municipality with one source."""

from dataclasses import dataclass
from typing import Any

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake import actions, queries
from mehrwert.intake.models import Device
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.queries import list_datastreams

TENANT = 1


@dataclass(frozen=True)
class Town:
    """Who sends and who writes."""

    source_id: int
    secret: str
    tenant_id: int = TENANT

    @property
    def context(self) -> WriteContext:
        return WriteContext(self.tenant_id, "test", SYSTEM)

    @property
    def grant(self) -> queries.SourceGrant:
        return queries.SourceGrant(self.source_id, self.tenant_id, "lorawan", "Netz")

    def adopt(self, device: Device, device_type: str, **given: Any) -> Device:
        adoption = actions.Adoption(device_type, given.pop("name", f"Sensor {device.pk}"), **given)
        return actions.adopt_device(self.context, device.pk, adoption)

    def latest(self, thing_id: int) -> dict[str, Any]:
        """The newest value of each series of a thing, by field of the codec."""
        return {
            row.properties["field"]: row.latest.result if row.latest else None
            for row in list_datastreams(self.tenant_id, thing_id=thing_id)
        }


@pytest.fixture
def source(observation_store):
    """One source of municipality 1, whose scope is open."""
    queries.forget_sources()
    with tenant_scope(TENANT):
        row, secret = actions.create_source(
            kind="lorawan", name="Netz", retention_days=90, actor=SYSTEM
        )
        yield Town(row.pk, secret)
