"""A municipality with one source."""

from dataclasses import dataclass
from typing import Any

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake import actions, queries
from mehrwert.intake.choices import CodecState, DeviceState
from mehrwert.intake.models import Codec, Device
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.queries import list_datastreams, list_messages

from .uplinks import uplink

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


def make_intake(tenant_id: int) -> dict[str, Any]:
    """A source, an unknown device with a message, and a codec; their ids as addresses name them."""
    with tenant_scope(tenant_id):
        source, secret = actions.create_source(
            kind="lorawan", name="Netz der Stadtwerke", retention_days=90, actor=SYSTEM
        )
        town = Town(source.pk, secret, tenant_id)
        actions.receive(town.grant, [uplink(1, "0100c6022a070e0a", device=tenant_id)])
        actions.decode_waiting()
        codec = actions.ensure_library_codec("elsys-multi", actor=SYSTEM)
        return {
            "source_id": source.pk,
            "device_id": Device.objects.get().pk,
            "codec_id": codec.pk,
            "message_id": list_messages(tenant_id)[0].id,
        }


def grow_intake(tenant_id: int, n: int) -> None:
    """More sources, devices of both kinds and codecs, as rows."""
    with tenant_scope(tenant_id):
        codec = actions.ensure_library_codec("elsys-multi", actor=SYSTEM)
        for number in range(n):
            source, _ = actions.create_source(
                kind="lorawan", name=f"Netz {number}", retention_days=90, actor=SYSTEM
            )
            for state in (DeviceState.UNKNOWN, DeviceState.ADOPTED):
                Device.objects.create(
                    tenant_id=tenant_id,
                    source=source,
                    device_key=f"{state}-{number}",
                    state=state.value,
                    codec=codec if state is DeviceState.ADOPTED else None,
                    thing_id=1,
                    first_us=number,
                    last_us=number,
                )
            Codec.objects.create(
                tenant_id=tenant_id,
                slug=f"eigen-{number}",
                version=1,
                name=f"Codec {number}",
                state=CodecState.ACTIVE.value,
                script="",
                created_us=0,
            )
