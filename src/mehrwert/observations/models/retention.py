"""How long readings are kept: policies, holds, and what was thinned already."""

from django.db import models


class RetentionPolicy(models.Model):
    """One row says how long raw readings and hour values are kept.

    ``scope`` is ``all``, ``class`` (``target_id`` is the place of a protection class in its enum),
    ``property`` (an observed property) or ``series`` (a datastream); the narrowest counts, in
    this order from the widest. ``hour_days`` NULL = for good.
    ``active_us`` NULL = only a draft, for the dry run.
    """

    tenant_id = models.IntegerField()
    scope = models.CharField(max_length=10)
    target_id = models.BigIntegerField(default=0)
    raw_days = models.IntegerField()
    hour_days = models.IntegerField(null=True)
    active_us = models.BigIntegerField(null=True)
    created_us = models.BigIntegerField()

    class Meta:
        db_table = "obs_retention_policy"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "scope", "target_id"], name="obs_retention_policy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.target_id}: {self.raw_days}"


class RetentionHold(models.Model):
    """One row keeps a series, or with 0 all of them, from any thinning until it is lifted."""

    tenant_id = models.IntegerField()
    datastream_id = models.BigIntegerField(default=0)
    reason = models.TextField()
    actor_label = models.CharField(max_length=200, default="")
    created_us = models.BigIntegerField()
    lifted_us = models.BigIntegerField(null=True)

    class Meta:
        db_table = "obs_retention_hold"
        indexes = [models.Index(fields=["tenant_id", "lifted_us"], name="obs_retention_hold_now")]

    def __str__(self) -> str:
        return self.reason


class ThinnedSeries(models.Model):
    """One row says that a series has no raw readings before ``raw_from_us`` any more.

    Its hour values before that are final: nothing recomputes them. ``first_us`` is where they
    begin.
    """

    datastream_id = models.IntegerField(primary_key=True)
    raw_from_us = models.BigIntegerField()
    first_us = models.BigIntegerField()
    n_removed = models.BigIntegerField(default=0)
    thinned_us = models.BigIntegerField()

    class Meta:
        db_table = "obs_thinned"

    def __str__(self) -> str:
        return str(self.datastream_id)
