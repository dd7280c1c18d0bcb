"""Searches without a hit are counted, persons and addresses never (CAT-110)."""

import pytest

from mehrwert.catalogue.actions import missed, note_missed_search
from mehrwert.catalogue.models import MissedSearch
from mehrwert.catalogue.queries import list_missed_searches


@pytest.mark.django_db
def test_three_times_in_vain_reach_the_work_list():
    for text in ("Hundesteuer online", "hundesteuer  Online", "Eislaufbahn"):
        assert note_missed_search(text)
    assert list_missed_searches() == []
    note_missed_search("HUNDESTEUER ONLINE")
    assert [(row.text, row.times) for row in list_missed_searches()] == [("hundesteuer online", 3)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "Erika Mustermann",
        "Frau Krause",
        "Bürgermeister Krause",
        "Krausestraße 12",
        "Goethestraße",
        "Lindenweg 4a",
        "12345 Musterstadt",
        "erika@example.org",
        "0511 123456",
        "Ich heiße Krause und wohne hier",
        "",
        "?!",
        "wort " * 9,
    ],
)
def test_persons_and_addresses_are_never_kept(text):
    assert not note_missed_search(text)
    assert MissedSearch.objects.count() == 0


@pytest.mark.django_db
def test_rare_texts_make_room(monkeypatch):
    monkeypatch.setattr(missed, "MOST_ROWS", 2)
    for text in ("Eislaufbahn", "Eislaufbahn", "Seilbahn", "Drachenboot"):
        note_missed_search(text)
    assert list(MissedSearch.objects.values_list("text", flat=True)) == ["drachenboot"]
