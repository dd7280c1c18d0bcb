"""Rows of observations and what is kept of them in the same commit.

Tables are laid out by SQL per engine in the first migration; Django only knows their columns.
They carry no tenant: they are reached only through a datastream whose tenant was checked.
Times are int64 microseconds UTC; hours are whole hours since 1970-01-01T00Z.
"""

from django.db import models


class Observation(models.Model):
    """One row is one reading. Its id is ``datastream * 2**32 + seq`` and has no column."""

    pk = models.CompositePrimaryKey("datastream_id", "time", "seq")
    datastream_id = models.IntegerField()
    time = models.BigIntegerField()
    seq = models.IntegerField()
    result = models.FloatField(null=True)
    duration = models.BigIntegerField(null=True)
    result_time = models.BigIntegerField(null=True)
    feature_id = models.IntegerField(null=True)
    quality = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "obs_observation"

    def __str__(self) -> str:
        return f"{self.datastream_id}/{self.seq}"


class ObservationExtra(models.Model):
    """One row holds what only few readings have; key as in ``Observation``."""

    pk = models.CompositePrimaryKey("datastream_id", "seq")
    datastream_id = models.IntegerField()
    seq = models.IntegerField()
    result = models.JSONField(null=True)
    parameters = models.JSONField(null=True)
    valid_start = models.BigIntegerField(null=True)
    valid_end = models.BigIntegerField(null=True)
    result_quality = models.JSONField(null=True)
    qualifiers = models.TextField(null=True)

    class Meta:
        db_table = "obs_observation_extra"

    def __str__(self) -> str:
        return f"{self.datastream_id}/{self.seq}"


class MovedObservation(models.Model):
    """One row keeps the public id of a reading that was moved to another series."""

    id = models.BigIntegerField(primary_key=True)
    datastream_id = models.IntegerField()
    seq = models.IntegerField()

    class Meta:
        db_table = "obs_moved_observation"
        constraints = [
            models.UniqueConstraint(fields=["datastream_id", "seq"], name="obs_moved_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class SeriesFeature(models.Model):
    """One row says that a series has, or once had, readings about a feature."""

    pk = models.CompositePrimaryKey("feature_id", "datastream_id")
    feature_id = models.IntegerField()
    datastream_id = models.IntegerField()

    class Meta:
        db_table = "obs_series_feature"

    def __str__(self) -> str:
        return f"{self.feature_id} in {self.datastream_id}"


class HourBucket(models.Model):
    """One row sums up the numeric readings of one series in one hour that are not flagged bad."""

    pk = models.CompositePrimaryKey("datastream_id", "hour")
    datastream_id = models.IntegerField()
    hour = models.IntegerField()
    n = models.IntegerField()
    sum = models.FloatField(null=True)
    min = models.FloatField(null=True)
    max = models.FloatField(null=True)
    first = models.FloatField(null=True)
    last = models.FloatField(null=True)
    n_bad = models.IntegerField(default=0)

    class Meta:
        db_table = "obs_hour_bucket"

    def __str__(self) -> str:
        return f"{self.datastream_id}@{self.hour}"


class DatastreamState(models.Model):
    """One row is what is known of a series' readings, changed once per batch, never by trigger."""

    datastream_id = models.IntegerField(primary_key=True)
    tenant_id = models.IntegerField()
    next_seq = models.IntegerField(default=0)
    n = models.IntegerField(default=0)
    first_time = models.BigIntegerField(null=True)
    last_time = models.BigIntegerField(null=True)
    last_end = models.BigIntegerField(null=True)
    latest_seq = models.IntegerField(null=True)
    latest_result = models.FloatField(null=True)
    latest_quality = models.SmallIntegerField(null=True)
    first_result_time = models.BigIntegerField(null=True)
    last_result_time = models.BigIntegerField(null=True)
    feature_id = models.IntegerField(null=True)
    gap_us = models.BigIntegerField(null=True)
    min_lon = models.FloatField(null=True)
    min_lat = models.FloatField(null=True)
    max_lon = models.FloatField(null=True)
    max_lat = models.FloatField(null=True)

    class Meta:
        db_table = "obs_datastream_state"
        indexes = [models.Index(fields=["tenant_id"], name="obs_state_tenant")]

    def __str__(self) -> str:
        return str(self.datastream_id)
