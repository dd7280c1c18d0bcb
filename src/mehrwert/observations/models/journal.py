"""What happened to readings: imports that can be undone, old values, hours to repair, trash."""

from django.db import models


class ImportBatch(models.Model):
    """One row is one import that can be undone as a whole."""

    tenant_id = models.IntegerField()
    label = models.TextField()
    source = models.TextField(default="")
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(default=0)
    actor_label = models.TextField(default="")
    created_us = models.BigIntegerField()
    undone_us = models.BigIntegerField(null=True)
    n_created = models.BigIntegerField(default=0)
    n_corrected = models.BigIntegerField(default=0)
    n_duplicate = models.BigIntegerField(default=0)

    class Meta:
        db_table = "obs_import_batch"
        indexes = [models.Index(fields=["tenant_id", "created_us"], name="obs_import_tenant_time")]

    def __str__(self) -> str:
        return self.label


class ImportRange(models.Model):
    """One row says which consecutive readings of a series an import created."""

    tenant_id = models.IntegerField()
    import_batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="ranges")
    datastream_id = models.IntegerField()
    first_seq = models.IntegerField()
    last_seq = models.IntegerField()

    class Meta:
        db_table = "obs_import_range"
        indexes = [
            models.Index(
                fields=["import_batch", "datastream_id", "last_seq"], name="obs_import_range_end"
            )
        ]

    def __str__(self) -> str:
        return f"{self.datastream_id}: {self.first_seq}–{self.last_seq}"


class ObservationHistory(models.Model):
    """One row is the value a reading had before somebody changed or deleted it.

    ``rest`` holds what else it had, as in ``obs_observation_extra``, with ``result_time``,
    ``feature_id``, ``id`` of a reading that came from another series, and ``moved_to`` (series,
    seq) where the change took it; only what is not null.
    """

    tenant_id = models.IntegerField()
    datastream_id = models.IntegerField()
    seq = models.IntegerField()
    changed_us = models.BigIntegerField()
    verb = models.CharField(max_length=12)
    time = models.BigIntegerField()
    duration = models.BigIntegerField(null=True)
    result = models.FloatField(null=True)
    result_json = models.JSONField(null=True)
    quality = models.SmallIntegerField(default=0)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(default=0)
    actor_label = models.CharField(max_length=200, default="")
    import_batch_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, default="")
    rest = models.JSONField(null=True)

    class Meta:
        db_table = "obs_observation_history"
        indexes = [
            models.Index(fields=["datastream_id", "seq"], name="obs_history_row"),
            models.Index(fields=["datastream_id", "changed_us"], name="obs_history_time"),
            models.Index(fields=["import_batch_id"], name="obs_history_import"),
        ]

    def __str__(self) -> str:
        return f"{self.datastream_id}/{self.seq} {self.verb}"


class DirtyHours(models.Model):
    """One row is a range of hours whose buckets a job must recompute; readers use raw rows."""

    tenant_id = models.IntegerField()
    datastream_id = models.IntegerField()
    from_hour = models.IntegerField()
    to_hour = models.IntegerField()

    class Meta:
        db_table = "obs_dirty_hours"
        indexes = [models.Index(fields=["datastream_id"], name="obs_dirty_datastream")]

    def __str__(self) -> str:
        return f"{self.datastream_id}: {self.from_hour}–{self.to_hour}"


class SequenceMark(models.Model):
    """One row says up to which number readings of a series stood in the store at a time.

    Readings carry no time of writing; numbers of a series only grow. A mark of a night, or of an
    estimate, tells what was there: all numbers below ``next_seq``.
    """

    datastream_id = models.IntegerField()
    at_us = models.BigIntegerField()
    next_seq = models.IntegerField()

    class Meta:
        db_table = "obs_sequence_mark"
        constraints = [
            models.UniqueConstraint(fields=["datastream_id", "at_us"], name="obs_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.datastream_id}: {self.next_seq}"


class TrashItem(models.Model):
    """One row is a thing with its series, or one series, that was deleted and can come back.

    ``keys`` holds keys of outside systems by kind and id, as in ``thing 7``.
    """

    tenant_id = models.IntegerField()
    kind = models.CharField(max_length=12)
    row_id = models.BigIntegerField()
    name = models.TextField()
    n = models.BigIntegerField(default=0)
    n_series = models.IntegerField(default=1)
    keys = models.JSONField(default=dict)
    deleted_us = models.BigIntegerField()
    actor_label = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "obs_trash"
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="obs_trash_once")]
        indexes = [models.Index(fields=["tenant_id", "-deleted_us"], name="obs_trash_tenant_time")]

    def __str__(self) -> str:
        return self.name
