"""Own forms of council papers: written, looked at, changed; released papers stay (DOC-187)."""

from dataclasses import dataclass

import pytest
from django.test import Client
from lxml import html as reader

from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.council_paper.profile import FOLDER, ProfileError, read_profile
from mehrwert.evaluation.models import HouseProfile
from mehrwert.evaluation.papers import example_of
from mehrwert.evaluation.profiles import known_profiles
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant

pytestmark = pytest.mark.django_db

CLASSIC = FOLDER.joinpath("classic.yaml").read_text(encoding="utf-8")
OWN = CLASSIC.replace("key: classic", "key: unser-haus").replace("Sachverhalt}", "Lage}")
NO_LABEL = CLASSIC.replace("{key: head, label: Vorlage}", "{key: head}")


@dataclass
class Town:
    """A municipality without any reading, and its people."""

    tenant: Tenant
    clients: dict[str, Client]

    def scope(self):
        return tenant_scope(self.tenant.pk)

    def path(self, rest=""):
        return f"/{self.tenant.slug}/bewertung/{rest}"


@pytest.fixture
def town():
    made = Town(make_tenant("auental"), {role: Client() for role in ("editor", "lead")})
    for role, client in made.clients.items():
        client.force_login(make_member(made.tenant, role))
    return made


def refused(text):
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Das ist keine Form: Erwartet werden Zeilen wie „name: Unser Haus“."),
        ("name: [a", "Zeile 1, Zeichen 9: Das ist kein gültiges YAML."),
        ("name: &x a\nkey: *x", "Verweise mit & und * sind in einer Form nicht erlaubt."),
        ("name: a" + "b" * 20_000, "Eine Form hat höchstens 20000 Zeichen."),
        (CLASSIC.replace("language: de", "language: fr"), "„fr“ ist nicht erlaubt (language)."),
        (CLASSIC.replace("version: 1", "version: eins"), "Art (version)."),
        (
            NO_LABEL,
            "„label“ fehlt (sections[0])",
        ),
        (CLASSIC + "\nfarbe: rot\n", "Die Angabe „farbe“ gibt es nicht"),
    ],
)
def test_what_is_wrong_is_said_in_german_with_its_place(text, sentence):
    assert sentence in refused(text)


def test_an_own_form_is_written_with_a_preview_and_used(town):
    lead = town.clients["lead"]
    page = lead.get(town.path("formen/neu/?von=classic")).content.decode()
    fields = reader.document_fromstring(page).find_class("mw-form")[0].fields
    assert "key: unsere-form" in fields["text"]
    assert "Was wir nicht wissen" in page
    looked = lead.post(town.path("formen/neu/"), {"text": OWN, "ansehen": "1"})
    assert ">Lage</h3>" in looked.content.decode()
    assert not HouseProfile._base_manager.exists()
    saved = lead.post(town.path("formen/neu/"), {"text": OWN, "sichern": "1"})
    assert saved["Location"] == town.path("formen/unser-haus/")
    shown = lead.get(saved["Location"]).content.decode()
    assert ">Lage</h3>" in shown
    assert "Fassung 1" in shown
    with town.scope():
        assert known_profiles()["unser-haus"].keys == known_profiles()["classic"].keys


def test_a_form_that_hides_what_is_unknown_is_refused_with_its_sentence(town):
    """DOC-186 on the page; nothing is stored."""
    text = OWN.replace("known_unknown, label", "known_unknown, hidden: true, label")
    answer = town.clients["lead"].post(town.path("formen/neu/"), {"text": text, "sichern": "1"})
    assert answer.status_code == 422
    assert "darf nicht ausgeblendet werden" in answer.content.decode()
    part = (
        town.clients["lead"]
        .post(town.path("formen/neu/"), {"text": text}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert part.lstrip().startswith('<div id="vorschau"')
    assert not HouseProfile._base_manager.exists()


def test_each_change_is_a_version_and_nothing_new_adds_none(town):
    lead = town.clients["lead"]
    for text in (OWN, OWN, OWN.replace("label: Lage", "label: Worum es geht")):
        lead.post(town.path("formen/neu/"), {"text": text, "sichern": "1"})
    rows = HouseProfile._base_manager.order_by("version")
    assert [row.version for row in rows] == [1, 2]
    assert "version: 2" in rows[1].text
    page = lead.get(town.path("formen/unser-haus/bearbeiten/")).content.decode()
    assert "Worum es geht" in page


@pytest.mark.parametrize("key", ["classic", "neu", "Ünser", "a--b"])
def test_a_key_that_is_taken_or_cannot_stand_in_an_address_is_refused(town, key):
    text = OWN.replace("key: unser-haus", f"key: {key}")
    answer = town.clients["lead"].post(town.path("formen/neu/"), {"text": text, "sichern": "1"})
    assert answer.status_code == 422
    assert "geht nicht als Kurzname" in answer.content.decode()


def test_only_the_lead_writes_forms_and_everybody_reads_them(town):
    editor = town.clients["editor"]
    assert editor.get(town.path("formen/")).status_code == 200
    assert editor.get(town.path("formen/stuttgart-like/")).status_code == 200
    assert editor.get(town.path("formen/neu/")).status_code == 403
    assert editor.get(town.path("formen/gibt-es-nicht/")).status_code == 404


def test_without_a_paper_the_preview_is_an_empty_one(town):
    with town.scope():
        document = example_of(read_profile(OWN))
    assert document.title == "Beispiel"
