"""Replay: decode again what is still in the inbox, after a codec or its description was mended."""

from mehrwert.base.jobs_runtime import current_job
from mehrwert.base.marks import mark
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake.access import find_codec
from mehrwert.intake.models import Device
from mehrwert.observations.actions import REPLAY, release_news
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import list_of_device

from .decoding import decode_messages

STATES = (MessageState.NEW, MessageState.WAITING, MessageState.DONE, MessageState.FAILED)
AT_ONCE = 2000
STEP = mark("Nachrichten werden noch einmal dekodiert")


def replay_device(device: Device) -> int:
    """Decode all messages of a device again; return how many values came out.

    A value that differs replaces the old one, which stays in the history of the reading. What
    changed is told as one event. Doing it twice is harmless.
    """
    door = f"{REPLAY}/device/{device.pk}"
    try:
        return _replay(device, door)
    finally:
        release_news(door)


def replay_codec(tenant_id: int, codec_id: int) -> dict[str, int]:
    """Replay all devices of a codec; an interrupted job goes on with the next device.

    What changed over all devices is told as one event, when all are done.
    """
    job = current_job()
    done_to, values = int(job.checkpoint or 0), 0
    door = f"{REPLAY}/codec/{codec_id}"
    with tenant_scope(tenant_id):
        codec = find_codec(codec_id)
        devices = list(codec.devices.filter(tenant_id=tenant_id, pk__gt=done_to).order_by("pk"))
        try:
            for n, device in enumerate(devices):
                job.report(STEP, done=n, total=len(devices))
                values += _replay(device, door)
                job.save_checkpoint(device.pk)
        finally:
            release_news(door)
    return {"devices": len(devices), "values": values}


def _replay(device: Device, door: str) -> int:
    done, after_id = 0, 0
    while rows := list_of_device(
        device.tenant_id, device.device_key, STATES, after_id=after_id, limit=AT_ONCE
    ):
        done += decode_messages(device.tenant_id, rows, door=door)
        after_id = rows[-1].id
    return done
