"""A source, an adopted device, one that waits, and their codec; everything is invented."""

import json

from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake import actions
from mehrwert.intake.codecs import stop_sandboxes
from mehrwert.intake.models import Device
from mehrwert.intake.queries import SourceGrant
from mehrwert.observations.actions import NewMessage, WriteContext
from mehrwert.observations.queries import list_messages

UPLINKS = ("0100c6022a070e0a", "0100ea0237", "01ffce0250", "ff")
DEVICES = (("70B3D50000000001", ""), ("70B3D50000000002", "hof · ELSYS ERS"))


def message(device: str, hint: str, n: int) -> NewMessage:
    """Return one message as a connector hands it over."""
    said = {"payload": UPLINKS[n], "f_port": 5, "rssi": -97, "snr": 4.5, "battery": 87.5}
    return NewMessage(
        message_key=f"{device}/{n}",
        device_key=device,
        body=json.dumps({"erfunden": True, "payload": UPLINKS[n]}),
        envelope=json.dumps(said | ({"hint": hint} if hint else {})),
        device_us=now_us() - (4 - n) * 900_000_000,
    )


def seed_intake(tenant, actor) -> dict[str, str]:
    """Seed and return ids."""
    with tenant_scope(tenant.pk):
        source, _ = actions.create_source(
            kind="lorawan", name="The Things Stack der Stadtwerke", retention_days=90, actor=actor
        )
        grant = SourceGrant(source.pk, tenant.pk, source.kind, source.name)
        sent = [message(*device, n) for device in DEVICES for n in range(len(UPLINKS))]
        actions.receive(grant, sent)
        actions.decode_waiting()
        known, waiting = Device.objects.order_by("device_key")
        adoption = actions.Adoption("elsys-multi", "Linde am Markt", lon=7.6, lat=51.9)
        adopted = actions.adopt_device(WriteContext(tenant.pk, "seed", actor), known.pk, adoption)
        newest = list_messages(tenant.pk)[0]
    stop_sandboxes()
    return {
        "source": str(source.pk),
        "device": str(adopted.pk),
        "unknown_device": str(waiting.pk),
        "codec": str(adopted.codec_id),
        "message": str(newest.id),
    }
