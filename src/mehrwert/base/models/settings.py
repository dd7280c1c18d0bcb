"""What an operator sets on a page instead of in the environment."""

from django.db import models


class InstallationSetting(models.Model):
    """One row is one setting of the whole installation, e.g. ``mail``."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.JSONField()
    changed_us = models.BigIntegerField()

    class Meta:
        db_table = "base_setting"

    def __str__(self) -> str:
        return self.key
