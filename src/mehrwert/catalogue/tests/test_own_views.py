"""Pages of a municipality: the form that saves itself, publishing, taking back, objecting."""

import pytest

from mehrwert.catalogue.forms_profile import POINTERS, ProfileForm, name_of
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import field_of
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant, official

from .factories import MINIMAL, body, make_adoption, make_solution

pytestmark = pytest.mark.django_db
HOME = "/bayreuth/loesungen/"
DRAFT = {
    "name": MINIMAL["name"],
    "short_description": MINIMAL["short_description"],
    "problem": MINIMAL["problem"],
    "solution_type": "hardware_software",
    "fields_of_action": ["Klimaanpassung"],
    "programme": "none",
    "stage": "P3",
    "status": "pilot",
    "status_since": "2024-05",
    "adoption__status": "trial",
    "adoption__relation": "origin",
    "contact__role": "Leitung",
    "contact__unit": "Gartenamt",
    "contact__functional_mailbox": "gartenamt@stadt.example",
}


@pytest.fixture
def town(db):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    return make_tenant(
        "bayreuth", level="gemeinde", ars="094620000000", is_demo=False, name="Bayreuth"
    )


@pytest.fixture
def editor(client, town):
    client.force_login(make_member(town, "editor", "emil"))
    return client


def begin(client) -> str:
    response = client.post(f"{HOME}neu/", {"leer": "1"})
    assert response.status_code == 302
    return response.url.split("/")[-3]


def test_every_input_belongs_to_a_field_of_the_schema():
    assert all(field_of(pointer) for pointer in POINTERS)
    form = ProfileForm(MINIMAL, {name_of(p): "" for p in POINTERS})
    assert form.is_valid()
    assert form.profile() == {"origin": MINIMAL["origin"]}


def test_a_form_gives_back_what_it_was_given():
    profile = {**MINIMAL, "features": ["a", "b"], "preconditions": {"networks": ["lorawan"]}}
    shown = ProfileForm(profile)
    typed = {name: shown.initial[name] for name in shown.fields if shown.initial[name] is not None}
    form = ProfileForm(profile, typed)
    assert form.is_valid(), form.errors
    assert form.profile() == profile


def test_it_saves_itself_and_lists_what_is_missing(editor):
    """CAT-203, CAT-204."""
    slug = begin(editor)
    url = f"{HOME}{slug}/bearbeiten/"
    told = editor.post(url, {"name": "Bodenfeuchte"}, headers={"accept": "application/json"}).json()
    assert "Kurzbeschreibung" in told["levels"][0]["missing"]
    assert "Name" not in told["levels"][0]["missing"]
    page = body(editor.get(url))
    assert 'value="Bodenfeuchte"' in page
    assert body(editor.get(HOME)).count("Entwurf") == 1
    response = editor.post(f"{HOME}{slug}/veroeffentlichen/", follow=True)
    assert "fehlen noch Angaben" in body(response)


def test_twelve_fields_are_published_and_changed(editor, client):
    slug = begin(editor)
    url = f"{HOME}{slug}/bearbeiten/"
    response = editor.post(url, {**DRAFT, "veroeffentlichen": "1"})
    assert response.url == f"/loesungen/{slug}/"
    assert "Von der Kommune erklärt" in body(editor.get(response.url))
    changed = {**DRAFT, "problem": "Anders.", "fassung": "1", "grund": "genauer"}
    editor.post(url, changed)
    history = body(editor.get(f"/loesungen/{slug}/verlauf/"))
    assert "genauer" in history
    assert "Anders." in history
    stale = editor.post(url, {**DRAFT, "problem": "Noch anders.", "fassung": "1"})
    assert stale.status_code == 422
    assert "inzwischen geändert" in body(stale)
    assert "Noch anders." in body(stale)
    editor.post(f"{HOME}{slug}/zurueck/1/")
    assert Solution.objects.get(slug=slug).profile["problem"] == MINIMAL["problem"]
    editor.post(f"{HOME}{slug}/bestaetigen/", {"block": "contact"})
    assert Solution.objects.get(slug=slug).version == 4


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("status_since", "hat nicht die erwartete Form"), ("code__repository_url", "Form")],
)
def test_wrong_input_is_said_in_german(editor, typed, sentence):
    slug = begin(editor)
    response = editor.post(f"{HOME}{slug}/bearbeiten/", {**DRAFT, typed: "irgendwas"})
    assert response.status_code == 422
    assert sentence in body(response)


def test_a_file_begins_an_entry_or_says_what_is_wrong(editor):
    """CAT-201."""
    good = 'mehrwert_version: "1"\nname: Aus der Datei\nstatus: pilot\nfarbe: rot\n'
    response = editor.post(f"{HOME}neu/", {"text": good}, follow=True)
    assert "Aus der Datei" in body(response)
    assert "/farbe" in body(response)
    bad = editor.post(f"{HOME}neu/", {"text": 'mehrwert_version: "1"\nname: A\nstatus: kaputt\n'})
    assert bad.status_code == 422
    assert "Liste der erlaubten Werte" in body(bad)


def test_the_maintainer_may_object_beside_a_declaration(editor, town):
    """TRF-106: shown beside, not instead; nobody else may."""
    mine = make_solution("app", name="Die App", owner_tenant_id=town.pk)
    said = make_adoption(mine, "05766020", basis="declared", status="live", place_name="Detmold")
    editor.post(f"{HOME}einwand/{said.pk}/", {"text": "Dort läuft nur ein Test."})
    page = body(editor.get("/loesungen/app/"))
    assert "Dort läuft nur ein Test." in page
    assert "Detmold" in page
    said.refresh_from_db()
    assert (said.status, said.objection) == ("live", "Dort läuft nur ein Test.")
    other = make_adoption(make_solution("fremd"), "05766020", basis="declared")
    assert editor.post(f"{HOME}einwand/{other.pk}/", {"text": "nein"}).status_code == 403


def test_viewers_read_and_strangers_see_no_drafts(client, town, editor):
    slug = begin(editor)
    client.force_login(make_member(town, "viewer", "vera"))
    assert client.get(HOME).status_code == 200
    assert client.get(f"{HOME}{slug}/bearbeiten/").status_code == 403
    other = make_tenant("auental")
    client.force_login(make_member(other, "editor", "erna"))
    assert client.get(f"/auental/loesungen/{slug}/bearbeiten/").status_code == 404
    assert client.get(f"/loesungen/{slug}/").status_code == 404


def test_no_programme_is_said_in_a_word_of_the_language():
    form = ProfileForm(MINIMAL)
    assert form.initial["programme"] == "keines"
    for typed in ("keines", "Keine", "none"):
        form = ProfileForm({}, {"programme": typed})
        assert form.is_valid()
        assert form.profile() == {"programme": "none"}


def test_documents_are_there_absent_or_do_not_apply():
    """CAT-208: present with address and day, absent, not applicable with its reason."""
    typed = {
        "trust__dpia__state": "present",
        "trust__dpia__url": "https://stadt.example/dsfa.pdf",
        "trust__dpia__date": "2025-03",
        "trust__sbom__state": "absent",
    }
    form = ProfileForm({}, typed)
    assert form.is_valid(), form.errors
    assert form.profile()["trust"] == {
        "dpia": {"state": "present", "url": "https://stadt.example/dsfa.pdf", "date": "2025-03"},
        "sbom": {"state": "absent"},
    }
    wrong = ProfileForm({}, {"trust__dpa__state": "not_applicable", "trust__sbom__date": "2025"})
    assert set(wrong.errors) == {"trust__dpa__reason", "trust__sbom__state"}
