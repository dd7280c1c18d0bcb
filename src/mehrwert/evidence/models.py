"""Findings of many municipalities, the register of plans, and the versions of their synthesis."""

from django.db import models

from mehrwert.base.tenant import TenantManager
from mehrwert.evidence.choices import FindingState, KeyKind, PlanState


class RegisteredPlan(models.Model):
    """One row is one frozen plan in the public register: the true denominator (EVI-35, EVI-36).

    ``reference`` names the evaluation inside its municipality. ``document`` is the plan whose
    canonical JSON has the SHA-256 ``plan_hash``. ``is_before_start`` says whether it was fixed
    before the first month of full operation. ``own_root`` and ``own_key`` are what the plan says;
    ``solution_root`` and ``indicator_key`` are what it is pooled under (decisions 35).
    """

    tenant_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    municipality = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    solution_root = models.CharField(max_length=120, blank=True)
    indicator_key = models.CharField(max_length=120, blank=True)
    own_root = models.CharField(max_length=120, blank=True)
    own_key = models.CharField(max_length=120, blank=True)
    scale = models.CharField(max_length=12)
    plan_hash = models.CharField(max_length=64)
    document = models.JSONField(default=dict)
    frozen_us = models.BigIntegerField()
    is_before_start = models.BooleanField()
    due_on = models.DateField()
    state = models.CharField(max_length=16, default=PlanState.PLANNED.value)
    reported_us = models.BigIntegerField(null=True)
    is_demo = models.BooleanField(default=False)

    public = models.Manager()
    objects = TenantManager()

    class Meta:
        base_manager_name = "public"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "reference"], name="evidence_plan_once")
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="evidence_plan_due"),
            models.Index(fields=["solution_root", "indicator_key"], name="evidence_plan_pool"),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """One row is what one evaluation found, as a study record; public once a person released it.

    ``theta``, ``low``, ``high`` are stored so that below 0 is better; null where nothing could be
    estimated. ``study`` holds the rest of the record: window, checks, hashes, versions.
    ``decision`` and ``lesson`` are added when the municipality decided. A withdrawn finding keeps
    its day and its reason, also when a new result takes its place. ``own_root`` and ``own_key``
    are what the plan says, ``solution_root`` and ``indicator_key`` what it is pooled under.
    """

    tenant_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    municipality_key = models.CharField(max_length=40)
    municipality = models.CharField(max_length=120)
    population = models.IntegerField(null=True)
    evaluator = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    solution_root = models.CharField(max_length=120)
    solution = models.CharField(max_length=200)
    indicator_key = models.CharField(max_length=120)
    indicator = models.CharField(max_length=200)
    own_root = models.CharField(max_length=120, blank=True)
    own_key = models.CharField(max_length=120, blank=True)
    scale = models.CharField(max_length=12)
    good_direction = models.CharField(max_length=4)
    sesoi = models.FloatField()
    result = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    theta = models.FloatField(null=True)
    se = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p_better = models.FloatField(null=True)
    direction = models.CharField(max_length=24, blank=True)
    design = models.CharField(max_length=24)
    design_level = models.IntegerField()
    passed = models.BooleanField()
    has_plan = models.BooleanField()
    is_proxy = models.BooleanField(default=False)
    start_month = models.IntegerField()
    study = models.JSONField(default=dict)
    decision = models.CharField(max_length=24, blank=True)
    lesson = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=FindingState.DRAFT.value)
    is_demo = models.BooleanField(default=False)
    drafted_us = models.BigIntegerField()
    released_us = models.BigIntegerField(null=True)
    released_by = models.CharField(max_length=200, blank=True)
    withdrawn_us = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    public = models.Manager()
    objects = TenantManager()

    class Meta:
        base_manager_name = "public"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "reference"], name="evidence_finding_once")
        ]
        indexes = [
            models.Index(
                fields=["state", "solution_root", "indicator_key", "scale"],
                name="evidence_finding_pool",
            )
        ]

    def __str__(self) -> str:
        return self.title


class KeyMapping(models.Model):
    """One row says that a municipality's own key means a shared one; a curator wrote it.

    Shared keys come from packages; an own one is pooled with nobody until it is mapped
    (decisions 35). ``reason`` is public.
    """

    tenant_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in KeyKind])
    own_key = models.CharField(max_length=120)
    shared_key = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    mapped_us = models.BigIntegerField()
    mapped_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "own_key"], name="evidence_key_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.own_key} → {self.shared_key}"


class Synthesis(models.Model):
    """One row is one version of what is known of a solution and an indicator; none is changed.

    Pool key: solution root, indicator key with major version, scale (decisions 35). ``record`` is
    the rounded result, ``record_hash`` its fingerprint, ``change_note`` says what was new.
    """

    solution_root = models.CharField(max_length=120)
    indicator_key = models.CharField(max_length=120)
    scale = models.CharField(max_length=12)
    version = models.IntegerField()
    made_us = models.BigIntegerField()
    ruleset = models.CharField(max_length=20)
    evidence_class = models.IntegerField()
    record = models.JSONField()
    record_hash = models.CharField(max_length=64)
    change_note = models.CharField(max_length=300)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["solution_root", "indicator_key", "scale", "is_demo", "version"],
                name="evidence_synthesis_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.solution_root} {self.indicator_key} v{self.version}"
