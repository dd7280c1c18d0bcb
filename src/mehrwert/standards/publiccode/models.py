"""Files as they were imported. The original text is read by nobody but the importer (CAT-704)."""

from django.db import models

from mehrwert.catalogue.models import Solution


class PubliccodeFile(models.Model):
    """One row is the newest publiccode.yml of one solution.

    ``original`` may name persons: no page, search, interface or dump reads it. ``public`` is the
    copy without them, empty while the file is not valid. ``report`` holds repairs and the keys
    that were parked; their texts stay in ``original``.
    """

    solution = models.OneToOneField(Solution, models.CASCADE, related_name="publiccode_file")
    url = models.CharField(max_length=500, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    committed_on = models.DateField(null=True)
    original = models.TextField()
    public = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    imported_us = models.BigIntegerField()
    changed_us = models.BigIntegerField()

    def __str__(self) -> str:
        return f"publiccode.yml: {self.solution_id}"
