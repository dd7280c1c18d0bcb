"""A project and its gates."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from mehrwert.base.tenant import TenantManager
from mehrwert.portfolio.choices import Financing, ProjectState


class Project(models.Model):
    """One row is one undertaking of a municipality.

    Six fields create it: title, field of action, goal, unit, start, solution or none. An empty
    text, ``unknown`` or NULL in any other column means that nobody knows yet, never zero.
    ``uuid`` is the one id that reports, evaluations, papers and costs refer to. ``solution_id`` is
    a row of the catalogue, ``solution_version`` the version taken. ``is_line_owned`` says that a
    line department owns it, not a project team. ``running_eur`` is the running
    cost per year, ``planned_eur`` the whole planned cost until it is live. ``phase``, ``effect``
    (German) and ``effect_en`` are pushed by the rooms above that compute them. ``is_conformant``
    says that the test of ``standard`` was passed; ``available_percent`` of the inhabitants can
    use it. What begins with ``light``, and what follows up to ``has_outcome``, is worked out by
    ``actions.refresh_lights`` from reports, gates, risks and readings, so that a list of many
    projects is one query.
    """

    tenant_id = models.BigIntegerField()
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Titel"), max_length=120)
    field_of_action = models.CharField(_("Handlungsfeld"), max_length=60)
    goal = models.CharField(_("Ziel"), max_length=300)
    unit = models.CharField(_("Zuständig"), max_length=120)
    starts_on = models.DateField(_("Beginn"))
    solution = models.ForeignKey(
        "catalogue.Solution", models.PROTECT, null=True, related_name="+", verbose_name=_("Lösung")
    )
    solution_version = models.IntegerField(null=True)
    state = models.CharField(max_length=8, default=ProjectState.DRAFT.value)

    sponsor = models.CharField(max_length=120, blank=True)
    operator = models.CharField(max_length=120, blank=True)
    beneficiaries = models.CharField(max_length=200, blank=True)
    benefit_kind = models.CharField(max_length=24, blank=True)
    strategy_goal = models.CharField(max_length=200, blank=True)
    ends_on = models.DateField(null=True)
    financing = models.CharField(max_length=8, default=Financing.UNKNOWN.value)
    budget_line = models.CharField(max_length=60, blank=True)
    budget_is_permanent = models.BooleanField(null=True)
    is_line_owned = models.BooleanField(null=True)
    planned_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    running_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    rhythm_months = models.SmallIntegerField(default=3)
    standard = models.CharField(max_length=160, blank=True)
    is_conformant = models.BooleanField(null=True)
    available_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    end_reason = models.CharField(max_length=300, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    effect = models.CharField(max_length=300, blank=True)
    effect_en = models.CharField(max_length=300, blank=True)
    effect_class = models.SmallIntegerField(null=True)
    light_stated = models.CharField(max_length=14, blank=True)
    light_computed = models.CharField(max_length=12, default="unknown")
    light_parts = models.JSONField(default=dict)
    light_us = models.BigIntegerField(null=True)
    actual_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    forecast_eur = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    oldest_risk_on = models.DateField(null=True)
    has_outcome = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "state", "title"], name="project_tenant_state"),
            models.Index(fields=["tenant_id", "solution"], name="project_solution"),
        ]

    def __str__(self) -> str:
        return self.title


class Gate(models.Model):
    """One row is one gate of a project: when it is planned, when it was passed.

    ``planned_on`` NULL = no date yet, ``passed_on`` NULL = still ahead. ``first_planned_on`` keeps
    the first date said, so that lead times measure against the promise and not against its last
    correction.
    """

    tenant_id = models.BigIntegerField()
    project = models.ForeignKey(Project, models.CASCADE, related_name="gates")
    key = models.CharField(max_length=2)
    first_planned_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    passed_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="gate_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.key}"
