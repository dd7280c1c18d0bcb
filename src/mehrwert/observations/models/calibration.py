"""Calibrations: how raw readings of a series become true ones, and for which time."""

from django.db import models


class Calibration(models.Model):
    """One row is one curve from raw to true values, valid in ``[from_us, until_us)``.

    ``points`` are pairs (raw, true) in the unit of the series, rising by raw value; one pair is a
    shift, more are joined by straight lines that go on beyond the ends. ``uncertainty`` is the half
    width of the 95 % interval in that unit. The newest row that covers a time counts. A row that
    was taken back stays, with ``ended_us``.
    """

    tenant_id = models.IntegerField()
    raw_id = models.BigIntegerField()
    derived_id = models.BigIntegerField()
    from_us = models.BigIntegerField()
    until_us = models.BigIntegerField(null=True)
    points = models.JSONField()
    uncertainty = models.FloatField(null=True)
    note = models.TextField(default="")
    actor_label = models.CharField(max_length=200, default="")
    created_us = models.BigIntegerField()
    ended_us = models.BigIntegerField(null=True)

    class Meta:
        db_table = "obs_calibration"
        indexes = [models.Index(fields=["raw_id", "from_us"], name="obs_calibration_raw")]

    def __str__(self) -> str:
        return f"{self.raw_id}: {self.from_us}"
