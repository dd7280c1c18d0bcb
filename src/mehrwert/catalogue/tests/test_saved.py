"""A person follows a list and is told of new and changed hits (CAT-112)."""

import pytest
from django.core import mail

from mehrwert.catalogue import actions
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.models import SavedSearch, Solution
from mehrwert.municipalities.tests.fixtures import make_person

from .factories import body, make_solution

pytestmark = pytest.mark.django_db
PAGE = "/loesungen/gemerkt/"


@pytest.fixture
def reader(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = make_person("rita")
    client.force_login(person)
    return person


def test_new_and_changed_hits_are_told_once(client, reader):
    make_solution("eins", name="Baum eins")
    client.post(f"{PAGE}neu/", {"liste": "q=Baum&seite=2&feld=Klimaanpassung"})
    kept = SavedSearch.objects.get()
    assert kept.query == "q=Baum&feld=Klimaanpassung"
    assert kept.name == "„Baum“ · Klimaanpassung"
    assert actions.look_for_news() == 0
    make_solution("zwei", name="Baum zwei")
    make_solution("bus", name="Bus", fields_of_action=["Mobilität"])
    Solution.objects.filter(slug="eins").update(version=2)
    index_solutions(None)
    assert actions.look_for_news() == 1
    assert "- Baum eins\n- Baum zwei" in mail.outbox[0].body
    assert "Bus" not in mail.outbox[0].body
    assert actions.look_for_news() == 0
    assert "Baum zwei" in body(client.get(PAGE))
    client.post(f"{PAGE}{kept.pk}/gesehen/")
    assert "Nichts Neues." in body(client.get(PAGE))
    client.post(f"{PAGE}{kept.pk}/weg/")
    assert "Noch keine gemerkte Suche" in body(client.get(PAGE))


def test_searches_of_others_are_not_found_and_twenty_are_enough(client, reader):
    other = actions.save_search(make_person("udo").pk, "q=Baum", "Baum")
    assert client.post(f"{PAGE}{other.pk}/weg/").status_code == 404
    for number in range(21):
        client.post(f"{PAGE}neu/", {"liste": f"q=Baum{number}"})
    assert SavedSearch.objects.filter(user_id=reader.pk).count() == 20
