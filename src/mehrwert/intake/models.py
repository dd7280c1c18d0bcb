"""Tables of the room. The messages themselves lie in the inbox of ``observations``."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.intake.choices import CodecOrigin, CodecState, DeviceState


class Source(models.Model):
    """One row is one place that sends messages: a network server, a broker.

    Only the SHA-256 of its secret is stored. After a rotation the old secret works until
    ``old_until_us``, so that nothing is lost meanwhile. ``ended_us`` is set when nobody may send
    any more; its messages stay. A source with a binding reads all its messages by one ``codec`` of
    its own, once that is known, and adopts their devices by itself.

    Connectors that fetch write here how they fare: ``ok_us`` last success, ``next_us`` next run,
    ``trouble`` the sentence and values of what is wrong now, empty when nothing is.
    """

    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    old_sha256 = models.CharField(max_length=64, default="", blank=True)
    old_until_us = models.BigIntegerField(default=0)
    retention_days = models.PositiveIntegerField(default=90)
    created_us = models.BigIntegerField()
    ended_us = models.BigIntegerField(null=True)
    has_binding = models.BooleanField(default=False)
    codec = models.ForeignKey("Codec", models.PROTECT, null=True, related_name="sources")
    is_paused = models.BooleanField(default=False)
    ok_us = models.BigIntegerField(null=True)
    next_us = models.BigIntegerField(null=True)
    trouble = models.JSONField(default=dict, blank=True)

    objects = TenantManager()

    class Meta:
        db_table = "intake_source"
        indexes = [models.Index(fields=["tenant_id", "name"], name="intake_source_tenant")]

    def __str__(self) -> str:
        return self.name


class Codec(models.Model):
    """One row is one version of a codec of a municipality, with its description and examples.

    ``description`` is a ``device.yml``, ``examples`` an ``examples.yaml``, ``verdicts`` what became
    of them. ``stops_us`` are the newest times at which it had to be stopped by force.
    """

    tenant_id = models.BigIntegerField()
    slug = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=10, default=CodecOrigin.OWN.value)
    state = models.CharField(max_length=10, default=CodecState.FAILING.value)
    script = models.TextField()
    description = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    verdicts = models.JSONField(default=list)
    stops_us = models.JSONField(default=list)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        db_table = "intake_codec"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "slug", "version"], name="intake_codec_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def full_name(self) -> str:
        """Return name and version as messages and series keep it."""
        return f"{self.slug}@{self.version}"


class Device(models.Model):
    """One row is one device that has sent something; unknown until somebody adopts it.

    ``streams`` says which field of its codec goes to which series, ``session_us`` when its session
    key changed last (it joined anew), ``battery`` is in ``battery_unit``. ``skew_s`` is how far its
    clock seems to run ahead (negative: behind), None before it told a time; ``clock_shift_s`` is by
    how much somebody said that its times are wrong: they are corrected by that.
    """

    tenant_id = models.BigIntegerField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="devices")
    device_key = models.CharField(max_length=80)
    name = models.CharField(max_length=160, default="", blank=True)
    state = models.CharField(max_length=10, default=DeviceState.UNKNOWN.value)
    codec = models.ForeignKey(Codec, models.PROTECT, null=True, related_name="devices")
    thing_id = models.BigIntegerField(null=True)
    streams = models.JSONField(default=dict)
    hint = models.CharField(max_length=160, default="", blank=True)
    first_us = models.BigIntegerField()
    last_us = models.BigIntegerField()
    battery = models.FloatField(null=True)
    battery_unit = models.CharField(max_length=4, default="", blank=True)
    rssi = models.FloatField(null=True)
    snr = models.FloatField(null=True)
    session_key = models.CharField(max_length=80, default="", blank=True)
    session_us = models.BigIntegerField(null=True)
    skew_s = models.FloatField(null=True)
    clock_shift_s = models.BigIntegerField(default=0)
    error = models.TextField(default="", blank=True)

    objects = TenantManager()

    class Meta:
        db_table = "intake_device"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "device_key"], name="intake_device_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "state", "-last_us"], name="intake_device_state")
        ]

    def __str__(self) -> str:
        return self.name or self.device_key
