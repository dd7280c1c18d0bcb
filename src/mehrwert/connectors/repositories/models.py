"""What was last read of the repository of a solution."""

from django.db import models

from mehrwert.catalogue.models import Solution


class RepositoryReading(models.Model):
    """One row is the newest reading of the repository of one solution.

    ``figures`` are those of ``rules.Figures`` as JSON: numbers, no person. After a failure they
    stay, with ``trouble`` in words of the program and ``tried_us``.
    """

    solution = models.OneToOneField(Solution, models.CASCADE, related_name="repository_reading")
    way = models.CharField(max_length=8)
    read_on = models.DateField(null=True)
    figures = models.JSONField(default=dict)
    trouble = models.CharField(max_length=300, blank=True)
    tried_us = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.solution_id}: {self.read_on}"
