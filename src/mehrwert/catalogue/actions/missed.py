"""Counts what was searched for and not found (CAT-110)."""

from django.db import transaction
from django.db.models import F

from mehrwert.base.clock import now_us
from mehrwert.catalogue.models import MissedSearch
from mehrwert.catalogue.rules import storable_search
from mehrwert.catalogue.search_index import is_known_word

MOST_ROWS = 5_000


def note_missed_search(text: str) -> bool:
    """Count a text that found nothing; return whether it was counted.

    Texts that may name a person or an address are not kept. When the table is full, texts that
    were asked once and longest ago make room.
    """
    plain = storable_search(text, is_known_word)
    if not plain:
        return False
    now = now_us()
    with transaction.atomic():
        row, is_new = MissedSearch.objects.get_or_create(
            text=plain, defaults={"first_us": now, "last_us": now}
        )
        MissedSearch.objects.filter(pk=row.pk).update(times=F("times") + 1, last_us=now)
        if is_new and MissedSearch.objects.count() > MOST_ROWS:
            rare = MissedSearch.objects.exclude(pk=row.pk).order_by("times", "last_us")
            MissedSearch.objects.filter(
                pk__in=list(rare.values_list("pk", flat=True)[:100])
            ).delete()
    return True
