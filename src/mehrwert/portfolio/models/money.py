"""What a project brings in money, what was measured, and how a common cost is shared."""

from django.db import models

from mehrwert.base.tenant import TenantManager


class MoneyPlan(models.Model):
    """One row is what the capital value of a project rests on, beside its cost sheet.

    NULL = nobody knows, never zero. ``own_rate`` replaces the dated rate. ``benefit_budget`` and
    ``benefit_other`` are euros a year; ``hours_saved`` stand beside and are never added.
    ``yearly_base`` is what the outcome costs a year without the project (B); with it the measured
    effect becomes euros. ``shared_once``, ``shared_yearly``: own costs in shared operation.
    """

    tenant_id = models.BigIntegerField()
    project = models.OneToOneField("portfolio.Project", models.CASCADE, related_name="money_plan")
    base_year = models.IntegerField()
    years = models.SmallIntegerField(default=5)
    own_rate = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    own_rate_source = models.CharField(max_length=200, blank=True)
    benefit_budget = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    benefit_other = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    benefit_reason = models.CharField(max_length=300, blank=True)
    hours_saved = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    yearly_base = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    yearly_uses = models.IntegerField(null=True)
    shared_once = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    shared_yearly = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.project_id}: {self.base_year}"


class MeasuredEffect(models.Model):
    """One row is the newest measured effect of a project, pushed by the room that measured it.

    ``law`` is the averaged distribution of θ as ``{weights, centres, scales, df}``; stored θ < 0 is
    better. Low and high are the 95 % interval.
    """

    tenant_id = models.BigIntegerField()
    project = models.OneToOneField(
        "portfolio.Project", models.CASCADE, related_name="measured_effect"
    )
    evaluation_ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    theta = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    good_is_up = models.BooleanField(default=False)
    evidence_class = models.SmallIntegerField()
    law = models.JSONField()
    measured_us = models.BigIntegerField()

    objects = TenantManager()

    def __str__(self) -> str:
        return f"{self.project_id}: {self.theta:.3f}"


class CostShare(models.Model):
    """One row is a common cost that several municipalities share, before anything is signed.

    ``model`` says what groups would pay alone: ``capacity_tiers``, ``fixed_plus_own``, or empty
    where nobody knows. The weights are those of the mixed key in per cent and sum to 100.
    ``chosen_key`` is the key the annex of an agreement speaks of (empty: none chosen),
    ``review_on`` the day on which it is worked out again.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(
        "portfolio.Project", models.SET_NULL, null=True, related_name="cost_shares"
    )
    title = models.CharField(max_length=160)
    total_eur = models.DecimalField(max_digits=12, decimal_places=2)
    model = models.CharField(max_length=16, blank=True)
    fixed_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    weight_equal = models.DecimalField(max_digits=5, decimal_places=2, default=30)
    weight_head = models.DecimalField(max_digits=5, decimal_places=2, default=40)
    weight_use = models.DecimalField(max_digits=5, decimal_places=2, default=30)
    note = models.CharField(max_length=300, blank=True)
    chosen_key = models.CharField(max_length=16, blank=True)
    review_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "-changed_us"], name="cost_share_tenant")]

    def __str__(self) -> str:
        return self.title


class SharePartner(models.Model):
    """One row is one partner of a common cost; NULL = nobody knows.

    ``alone_eur`` is its stand-alone cost (capacity tiers) or what it causes itself (fixed plus
    own). ``entry_eur`` is what changing over costs it once. ``key`` is its official key, or a
    number for partners without one: ties of rounding go by it. ``votes`` is its weight when
    something is decided. ``is_candidate``: it thinks of joining.
    """

    tenant_id = models.BigIntegerField()
    share = models.ForeignKey(CostShare, models.CASCADE, related_name="partners")
    position = models.IntegerField()
    key = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    inhabitants = models.IntegerField(null=True)
    uses = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    benefit = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    alone_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    entry_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    votes = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    is_candidate = models.BooleanField(default=False)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "key"], name="share_partner_once")]

    def __str__(self) -> str:
        return self.name
