"""The paper: every profile with every result, everything said that is not known."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from mehrwert.documents.html import html
from mehrwert.documents.model import Box, Fields, Section, Table
from mehrwert.documents.odt import odt
from mehrwert.documents.outline import document_hash, flat, plain_text
from mehrwert.documents.pdf import pdf
from mehrwert.evaluation.council_paper import built_in_profiles, compose
from mehrwert.evaluation.council_paper.facts import COST_POSITIONS, CostLine, Finance
from mehrwert.evaluation.council_paper.profile import DEFAULT

from .paper_samples import EMPTY, FINANCE, NEGATIVE, NULL, POSITIVE, facts

PROFILES = built_in_profiles()
CASES = {"positive": facts(), "null": facts(NULL), "negative": facts(NEGATIVE), "empty": EMPTY}


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


def texts(given, profile=DEFAULT):
    return plain_text(compose(given, PROFILES[profile]))


def box_of(document):
    return next(block for block in flat(document) if isinstance(block, Box))


def table_of(document, caption):
    return next(b for b in flat(document) if isinstance(b, Table) and b.caption == caption)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda one: one.key)
@pytest.mark.parametrize("case", CASES)
def test_every_house_gets_all_its_sections_in_its_order(profile, case):
    """Test list row 1."""
    document = compose(CASES[case], profile)
    assert [block.title for block in document.blocks if isinstance(block, Section)] == [
        rule.label for rule in profile.sections
    ]
    box = box_of(document)
    assert [part.title for part in box.parts] == ["Was wir wissen", "Was wir nicht wissen"]
    assert len(box.parts[1].items) >= 7
    assert pdf(document).startswith(b"%PDF")


def test_a_bad_result_is_printed_like_a_good_one():
    """DOC-189: same blocks, same order, same number of lines."""
    shapes = [
        [type(block).__name__ for block in flat(compose(CASES[case], PROFILES["classic"]))]
        for case in ("positive", "negative")
    ]
    assert shapes[0] == shapes[1]
    sizes = [
        [len(part.items) for part in box_of(compose(CASES[case], PROFILES["classic"])).parts]
        for case in ("positive", "null", "negative")
    ]
    assert sizes[0] == sizes[1] == sizes[2]


def test_without_evidence_the_left_column_says_so_and_the_right_is_complete():
    """DOC-188."""
    left, right = box_of(compose(EMPTY, PROFILES["classic"])).parts
    assert left.items[0][0].text == "Eine Wirkung ist nicht belegt."
    lines = [item[0].text for item in right.items]
    assert [line.split(":")[0] for line in lines] == [
        "Nicht bestandene oder fehlende Prüfungen",
        "Kennzahlen ohne Wert",
        "Unbekannte Kosten",
        "Überfällige Ergebnisse anderer Kommunen",
        "Offene Einwände",
        "Wann die Entscheidung kippt, ist nicht berechnet.",
        "Kleinste Messung, die die Entscheidung ändern könnte",
    ]
    assert "Umsatzsteuer" in lines[2]


def test_the_line_on_what_would_change_the_decision_stands_in_box_and_summary():
    """DOC-184."""
    said = texts(facts(), "stuttgart-like")
    assert said.count("Die Entscheidung kippt, wenn der Preis um 20\u00a0% steigt.") == 2


def test_two_wordings_are_offered_and_both_can_be_executed():
    """DOC-181."""
    said = " ".join(texts(facts()))
    assert "wird befristet bis zum 30.\u00a0Juni\u00a02028 fortgeführt und angepasst" in said
    assert "Andere Formulierung (beenden):" in said
    assert "bei Produkt 55.10.01, Sachkonto 524100 veranschlagt" in said
    assert "berichtet bis zum 30.\u00a0April\u00a02028" in said


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("continue", "wird fortgeführt"),
        ("continue_jointly", "wird gemeinsam mit anderen Kommunen fortgeführt"),
        ("end", "legt bis zum 30.\u00a0April\u00a02028 einen Lernbericht vor"),
        ("not_yet_decidable", "Die Verwaltung erhebt: sechs weitere Monate Bodenfeuchte."),
    ],
)
def test_each_decision_has_its_wording(key, words):
    given = facts()
    proposal = replace(given.proposal, key=key, table_key=key)
    assert words in " ".join(texts(replace(given, proposal=proposal)))


def test_an_override_is_printed_with_its_reason():
    """EVI-192."""
    given = facts()
    proposal = replace(given.proposal, table_key="end", override_reason="Der Vertrag läuft noch.")
    assert (
        "Die Entscheidungstabelle schlägt „beenden“ vor. Begründung der Abweichung:"
        " Der Vertrag läuft noch." in texts(replace(given, proposal=proposal))
    )


def test_ending_names_learning_report_and_hand_over_instead_of_an_indicator():
    """Decisions 45."""
    given = facts()
    proposal = replace(given.proposal, key="end", table_key="end", data_handover="Kreisarchiv")
    said = texts(replace(given, proposal=proposal))
    assert "Lernbericht bis" in said
    assert "Kreisarchiv" in said
    assert "Abbruchkriterium" not in said


def test_nothing_and_joint_are_always_compared_and_gaps_have_a_reason():
    """DOC-84, DOC-182."""
    for given in (facts(alternatives=()), EMPTY):
        document = compose(given, PROFILES["classic"])
        rows = table_of(document, "Alternativen im Vergleich").rows
        assert [row[0] for row in rows] == ["wie vorgeschlagen", "nichts tun", "im Verbund"]
        assert "nichts tun: Diese Möglichkeit wurde nicht untersucht." in plain_text(document)


@pytest.mark.parametrize("profile", ["leverkusen-like", "classic"])
def test_the_financial_block_is_whole_in_every_layout(profile):
    """DOC-82, DOC-83."""
    said = " ".join(texts(facts(), profile))
    for label in (
        "Konsumtiv", "Investiv", "Finanzstelle, Produkt, Sachkonto", "Veranschlagt", "Deckung",
        "Fördermittel", "Abschreibung je Jahr", "Eigenanteil nach Förderende", "Aufwendungen",
        "Erträge", "Einsparungen", "Folgekosten, die erst später entstehen",
    ):  # fmt: skip
        assert label in said


def test_nought_and_unknown_are_different_words():
    """Test list: „0 €“ and „nicht bekannt“."""
    document = compose(facts(), PROFILES["classic"])
    rows = {row[0]: row for row in table_of(document, "Kosten nach Positionen").rows}
    assert rows["Lizenz, Kauf"][1:] == ("0\u00a0€", "0\u00a0€", "quelloffen")
    assert rows["Entwicklung, Anpassung"][1] == "nicht bekannt"
    assert rows["Summe"][1:3] == ("mindestens 24.000\u00a0€", "mindestens 10.800,50\u00a0€")
    years = table_of(document, "Jährliche Folgen").rows
    assert years[1] == ("2028", "18.900\u00a0€", "0\u00a0€", "nicht bekannt")


def test_a_complete_sum_is_no_lower_bound():
    positions = {key: CostLine(Decimal(1), Decimal(2)) for key in COST_POSITIONS}
    given = facts(finance=replace(FINANCE, positions=positions))
    rows = table_of(compose(given, PROFILES["classic"]), "Kosten nach Positionen").rows
    assert rows[-1][1:3] == ("14\u00a0€", "28\u00a0€")


def test_no_later_cost_and_unknown_later_cost_are_told_apart():
    none = " ".join(texts(facts(finance=replace(FINANCE, later=()))))
    unknown = " ".join(texts(facts(finance=Finance())))
    assert "später entstehen: keine." in none
    assert "später entstehen: nicht bekannt." in unknown


def test_typed_text_is_marked_as_typed():
    """DOC-185."""
    written = html(compose(facts(), PROFILES["classic"])).decode()
    assert '<p class="doc-typed">Der Rat hat 2025 einen Versuch beschlossen.</p>' in written


def test_what_nobody_checked_is_said():
    """Decisions 26 and 31."""
    said = texts(facts(), "leverkusen-like")
    assert "rechtlich nicht geprüft" in said
    assert "Vergabeweg: nicht geprüft." in said


def test_rooms_above_may_fill_in():
    given = facts(others={"legal": ("Vergabeweg: freihändig, prüfen lassen",)})
    said = texts(given, "leverkusen-like")
    assert "Vergabeweg: freihändig, prüfen lassen" in said
    assert "Vergabeweg: nicht geprüft." not in said


def test_draft_and_demo_are_said_on_every_page():
    """Invented towns are marked in every output."""
    written = pdf(compose(facts(), PROFILES["classic"]))
    for page in PdfReader(io.BytesIO(written)).pages:
        assert "Entwurf · Demo: Alle Angaben sind erfunden" in page.extract_text()
    released = compose(facts(is_demo=False), PROFILES["classic"], is_released=True)
    assert released.furniture.banner == ""


def test_the_first_page_tells_a_mayor_what_is_proposed_known_and_not_known():
    first = PdfReader(io.BytesIO(pdf(compose(facts(), PROFILES["first-page"])))).pages[0]
    text = " ".join(first.extract_text().split())
    assert "Belegstufe: 2 von 4" in text
    assert "Kleinste Messung, die die Entscheidung" in text
    assert "wird befristet bis zum 30. Juni 2028 fortgeführt" in text


def test_the_numbers_travel_along_with_their_checksum():
    document = compose(facts(), PROFILES["classic"])
    numbers = document.attachments[0]
    assert numbers.name == "zahlen.csv"
    assert "cost;hardware;once_eur;24000" in numbers.text
    assert "cost;development;once_eur;\n" in numbers.text
    assert "alternative;im Verbund;value_first_rate_eur;11810" in numbers.text
    assert hashlib.sha256(numbers.text.encode()).hexdigest() in " ".join(plain_text(document))


def test_the_same_facts_give_the_same_paper_and_bytes():
    """DOC-173."""
    once, twice = (compose(facts(), PROFILES["classic"]) for _ in range(2))
    assert document_hash(once) == document_hash(twice)
    assert odt(once) == odt(twice)


def test_another_label_changes_the_paper_but_not_what_was_stored():
    """DOC-187: a released paper keeps the tree it was released with."""
    rules = tuple(
        replace_label(rule) if rule.key == "resolution" else rule
        for rule in PROFILES["classic"].sections
    )
    relabelled = struct_replace(PROFILES["classic"], version=2, sections=rules)
    released = compose(facts(), PROFILES["classic"])
    assert "Antrag zur Sache" in plain_text(compose(facts(), relabelled))
    assert "Antrag zur Sache" not in plain_text(released)


def test_labels_follow_the_letter_case_of_the_house():
    loud = struct_replace(PROFILES["classic"], label_case="upper")
    assert "BESCHLUSSVORSCHLAG" in plain_text(compose(facts(), loud))


def test_head_fields_have_the_names_of_the_house():
    named = struct_replace(PROFILES["classic"], head_fields={"lead": "Dezernat"})
    head = next(b for b in flat(compose(facts(), named)) if isinstance(b, Fields))
    assert "Dezernat" in [field.label for field in head.fields]


def test_an_english_house_gets_an_english_paper():
    english = struct_replace(PROFILES["classic"], language="en")
    said = " ".join(plain_text(compose(facts(), english)))
    assert "What we do not know" in said
    assert "€18,900" in said or "18,900\u00a0€" in said
    assert "nicht bekannt" not in said.replace(POSITIVE.sentence, "")


def test_days_and_months_are_german():
    given = facts()
    review = replace(given.review, next_report=date(2028, 3, 1))
    assert "1.\u00a0März\u00a02028" in " ".join(texts(replace(given, review=review)))


def struct_replace(profile, **changes):
    import msgspec

    return msgspec.structs.replace(profile, **changes)


def replace_label(rule):
    return struct_replace(rule, label="Antrag zur Sache")
