import pytest
from hypothesis import given
from hypothesis import strategies as st

from mehrwert.municipalities.rules import (
    RESERVED_SLUGS,
    fold,
    fold_short,
    is_invented_ars,
    is_slug_allowed,
    path_within,
    slug_for,
)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bad Münstereifel", "bad-muenstereifel"),
        ("Neustadt a.d.Aisch", "neustadt-a-d-aisch"),
        ("Lauenburg/ Elbe", "lauenburg-elbe"),
        ("Straßberg", "strassberg"),
        ("Au", "au"),
        ("Daten", "daten-ort"),
        ("4 Orte", "ort-4-orte"),
    ],
)
def test_a_place_gets_a_short_name_that_people_can_read(name, slug):
    assert slug_for(name) == slug


@given(st.text(max_size=80))
def test_every_proposed_short_name_is_allowed(name):
    assert is_slug_allowed(slug_for(name))


@pytest.mark.parametrize("slug", ["", "a", "-ab", "ab-", "a--b", "Ab", "a_b", "1ab", "ä", "a" * 51])
def test_other_signs_are_refused_in_an_address(slug):
    assert not is_slug_allowed(slug)


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_reserved_words_are_refused_in_an_address(slug):
    assert not is_slug_allowed(slug)


def test_umlauts_are_folded_in_both_spellings_people_use():
    assert (fold("Köln"), fold_short("Köln")) == ("koeln", "koln")
    assert fold("Ko\u0308ln") == "koeln"
    assert (fold("Straße"), fold_short("Straße")) == ("strasse", "strasse")


@pytest.mark.parametrize(
    ("ars", "is_invented"),
    [
        ("990000000000", True),
        ("999999999999", True),
        ("055150000000", False),
        ("99000000000", False),
        ("99000000000x", False),
    ],
)
def test_keys_of_invented_towns_begin_at_99(ars, is_invented):
    assert is_invented_ars(ars) is is_invented


LANGUAGES = ("de", "en")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/auental/", "/"),
        ("/auental/daten/?karte=12.1/51.3/10.2", "/daten/?karte=12.1/51.3/10.2"),
        ("/en/auental/daten/", "/daten/"),
        ("/zell/daten/", ""),
        ("/auental", ""),
        ("/auentaler/daten/", ""),
        ("//evil.example/auental/", ""),
        ("https://evil.example/auental/", ""),
        ("/auental/../zell/", ""),
        ("/auental//evil.example/", ""),
        ("/auental/\\evil.example", ""),
        ("/auental/daten/\n", ""),
        ("/auental/" + "a" * 1500, ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_pages_of_the_municipality_are_shared(address, path):
    assert path_within(address, "auental", LANGUAGES) == path


@given(st.text(max_size=60))
def test_whatever_is_shared_stays_on_this_server(text):
    path = path_within(f"/auental/{text}", "auental", LANGUAGES)
    assert path == "" or (path.startswith("/") and not path.startswith("//"))
