"""What the search keeps in the database: words per solution, and which state they are of."""

from django.db import models


class SearchEntry(models.Model):
    """One row is one solution as the search sees it; a removed one stays as an empty row.

    ``words`` has one line per field of ``search.documents.FIELDS``, words as typed apart by
    blanks. What they mean (stems, parts, synonyms) is worked out when the index is loaded, so
    that a better analyser needs no new rows.
    """

    solution_id = models.BigIntegerField(primary_key=True)
    slug = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    facets = models.JSONField(default=dict)
    freshness = models.FloatField(default=0.5)
    completeness = models.FloatField(default=0.9)
    sort_name = models.CharField(max_length=120)
    is_removed = models.BooleanField(default=False)
    state = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["state"], name="search_entry_state")]

    def __str__(self) -> str:
        return self.slug


class SearchState(models.Model):
    """The only row says which state the entries have.

    ``number`` grows with every write; ``token`` is new every time, so that a state that was
    rolled back is told from the one that took its number. ``recent`` are the last tokens.
    """

    number = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    recent = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.number)


class MissedSearch(models.Model):
    """One row is a text that was searched for and found nothing, and how often.

    Texts that may name a person or an address are never stored.
    """

    text = models.CharField(max_length=120, unique=True)
    times = models.IntegerField(default=0)
    first_us = models.BigIntegerField()
    last_us = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-times", "text"], name="missed_search_times")]

    def __str__(self) -> str:
        return self.text
