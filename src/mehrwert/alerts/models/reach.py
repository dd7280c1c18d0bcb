"""How people and programs are reached: webhooks, duty rosters."""

from django.db import models

from mehrwert.base.tenant import TenantManager


class Webhook(models.Model):
    """An address of a program that is told of alerts; the secret is encrypted with the key file."""

    tenant_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    sealed_secret = models.CharField(max_length=300)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "title", "id"], name="webhook_list")]

    def __str__(self) -> str:
        return self.title


class Roster(models.Model):
    """Who takes turns: each ``turn_days`` days at ``handover`` the next person takes over.

    ``begins_on`` is a day on which the first person of the list takes over. ``fallback`` are
    addresses that are told when nobody on duty can be reached.
    """

    tenant_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    begins_on = models.DateField()
    handover = models.TimeField()
    turn_days = models.PositiveSmallIntegerField(default=7)
    fallback = models.JSONField(default=list)
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "title", "id"], name="roster_list")]

    def __str__(self) -> str:
        return self.title


class DutyPerson(models.Model):
    """One person of a roster at their place in the turn, with how to reach them."""

    tenant_id = models.BigIntegerField()
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="people")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    mail = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)

    objects = TenantManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "name"], name="duty_person_once")]

    def __str__(self) -> str:
        return self.name


class Cover(models.Model):
    """Somebody stands in from ``start_us`` until ``end_us``; of two the newer one counts."""

    tenant_id = models.BigIntegerField()
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="covers")
    person = models.ForeignKey(DutyPerson, models.CASCADE, related_name="covers")
    start_us = models.BigIntegerField()
    end_us = models.BigIntegerField()
    created_us = models.BigIntegerField()

    objects = TenantManager()

    class Meta:
        indexes = [models.Index(fields=["roster", "end_us"], name="cover_of_roster")]

    def __str__(self) -> str:
        return f"{self.person}: {self.start_us}"
