"""What waits to be told to the broker."""

from django.db import models


class MqttNews(models.Model):
    """One row is one event that subscribers have not been told of yet; told in order of id."""

    name = models.CharField(max_length=60)
    tenant_id = models.BigIntegerField()
    payload = models.JSONField()
    created_us = models.BigIntegerField()

    class Meta:
        db_table = "sta_mqtt_news"

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"
