"""Searches that somebody keeps, to be told of new and changed hits."""

from django.db import models


class SavedSearch(models.Model):
    """One row is one list of solutions that a person follows.

    ``query`` is the address of the list without its path. ``seen`` is how the hits were when the
    person last took note: id of the solution → its version. ``news`` are ids of new and changed
    hits since, ``told`` the same as of the last mail, so that nothing is told twice.
    """

    user_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    query = models.CharField(max_length=1000)
    seen = models.JSONField(default=dict)
    news = models.JSONField(default=list)
    told = models.JSONField(default=list)
    created_us = models.BigIntegerField()
    looked_us = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "query"], name="saved_search_once")
        ]

    def __str__(self) -> str:
        return self.name
