"""Texts of the legal pages, every version of them."""

from django.db import models


class LegalText(models.Model):
    """One row is one version of a legal page; the newest is shown, none is ever deleted."""

    page = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    at_us = models.BigIntegerField()
    actor_label = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "base_legal_text"
        indexes = [models.Index(fields=["page", "-id"], name="base_legal_page")]

    def __str__(self) -> str:
        return f"{self.page} {self.pk}"
