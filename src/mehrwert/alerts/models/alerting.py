"""Rules on series, what they raised, and the messages that went out for it."""

import uuid

from django.db import models

from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.rules import Condition, State, condition_of
from mehrwert.base.tenant import TenantManager


class AlertRule(models.Model):
    """One rule on one series, with where it stands.

    Times of the rule are whole seconds. ``recipients`` get the first message, ``escalate_to`` one
    more if nobody has answered after ``escalate_after_s``. ``damage_value`` is where damage begins;
    the back-test judges by it. ``plan`` is the round that follows. ``last_us``, ``since_us`` and
    ``open_alert`` are the state.
    """

    tenant_id = models.BigIntegerField()
    datastream_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in RuleKind])
    threshold = models.FloatField(default=0.0)
    hysteresis = models.FloatField(default=0.0)
    hold_s = models.PositiveIntegerField(default=0)
    window_s = models.PositiveIntegerField(default=0)
    expression = models.CharField(max_length=300, default="", blank=True)
    damage_value = models.FloatField(null=True)
    severity = models.CharField(max_length=8, default=Severity.WARNING.value)
    advice = models.CharField(max_length=300, default="", blank=True)
    recipients = models.JSONField(default=list)
    escalate_to = models.JSONField(default=list)
    escalate_after_s = models.PositiveIntegerField(default=0)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    is_active = models.BooleanField(default=False)
    last_us = models.BigIntegerField(null=True)
    since_us = models.BigIntegerField(null=True)
    open_alert = models.ForeignKey("Alert", models.SET_NULL, null=True, related_name="+")
    plan = models.ForeignKey("TaskPlan", models.SET_NULL, null=True, related_name="rules")
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [
            models.Index(fields=["datastream_id", "is_active"], name="alert_rule_series"),
            models.Index(fields=["tenant_id", "title", "id"], name="alert_rule_list"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def condition(self) -> Condition:
        """Return what the rule waits for."""
        return condition_of(
            self.kind,
            self.threshold,
            self.hysteresis,
            self.hold_s,
            self.window_s,
            self.expression,
        )

    def others(self) -> dict[str, int]:
        """Return the further series of a combined rule by their names in its expression."""
        return dict(self.inputs.values_list("name", "datastream_id"))

    @property
    def state(self) -> State:
        """Return where the rule stands."""
        return State(self.last_us, self.since_us, self.open_alert_id is not None)


class AlertInput(models.Model):
    """One further series of a combined rule, by its name there: ``B`` or ``C``."""

    tenant_id = models.BigIntegerField()
    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="inputs")
    name = models.CharField(max_length=1)
    datastream_id = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "name"], name="alert_input_once")]
        indexes = [models.Index(fields=["datastream_id"], name="alert_input_series")]

    def __str__(self) -> str:
        return f"{self.name}: {self.datastream_id}"


class Alert(models.Model):
    """One time a rule was met, from beginning to end; it outlives the rule.

    ``peak`` is the furthest value while it lasted. ``answered_us`` is when somebody said that they
    take care of it.
    """

    tenant_id = models.BigIntegerField()
    rule = models.ForeignKey(AlertRule, models.SET_NULL, null=True, related_name="alerts")
    datastream_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    severity = models.CharField(max_length=8)
    advice = models.CharField(max_length=300, default="", blank=True)
    began_us = models.BigIntegerField()
    raised_us = models.BigIntegerField()
    ended_us = models.BigIntegerField(null=True)
    value = models.FloatField(null=True)
    peak = models.FloatField(null=True)
    answered_us = models.BigIntegerField(null=True)
    answered_by = models.CharField(max_length=200, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "began_us"], name="alert_once")]
        indexes = [
            models.Index(fields=["tenant_id", "-began_us", "-id"], name="alert_list"),
            models.Index(fields=["tenant_id", "ended_us"], name="alert_open"),
        ]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """One message for one alert and step to one address; the constraint keeps it from going twice.

    A message that only tries the ways of a rule has no alert, but the rule. ``address`` is a mail
    address, a phone number ``+49…``, ``webhook:7`` or ``roster:7``. ``key`` is the same for each
    try, so that the other side can tell a repetition.
    """

    tenant_id = models.BigIntegerField()
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="messages")
    rule = models.ForeignKey(AlertRule, models.CASCADE, null=True, related_name="tests")
    step = models.CharField(max_length=10)
    address = models.CharField(max_length=254)
    due_us = models.BigIntegerField()
    sent_us = models.BigIntegerField(null=True)
    dropped_us = models.BigIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, default="", blank=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = TenantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "step", "address"], name="message_once")
        ]
        indexes = [models.Index(fields=["sent_us", "dropped_us", "due_us"], name="message_due")]

    def __str__(self) -> str:
        return f"{self.address}: {self.step}"
