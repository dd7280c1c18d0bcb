"""A municipality writes: draft, publish, revise, revert, confirm, claim, declare."""

from decimal import Decimal

import pytest
import time_machine

from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.catalogue import actions
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.errors import (
    ChangedMeanwhileError,
    InvalidProfileError,
    NotOwnEntryError,
    NotReadyError,
)
from mehrwert.catalogue.models import Adoption, Solution, SolutionLink
from mehrwert.catalogue.queries import export_solution, list_rows, search_solutions
from mehrwert.catalogue.search.documents import SearchRequest
from mehrwert.municipalities.tests.fixtures import make_tenant, official

from .factories import MINIMAL, make_adoption, make_solution

pytestmark = pytest.mark.django_db
DRAFT = {name: value for name, value in MINIMAL.items() if name != "origin"}


@pytest.fixture
def town(db):
    """An official municipality that is set up here."""
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    return make_tenant(
        "bayreuth", level="gemeinde", ars="094620000000", is_demo=False, name="Bayreuth"
    )


def published(town) -> Solution:
    row = actions.create_draft(town, DRAFT, actor=SYSTEM)
    actions.publish_solution(row, town, actor=SYSTEM)
    return row


def found(text: str) -> list[str]:
    return [hit.slug for hit in search_solutions(SearchRequest(text)).hits]


def test_a_draft_is_kept_published_and_found(town):
    """CAT-204: from the twelve fields on; the origin follows from the municipality."""
    row = actions.create_draft(town, {"name": "Bodenfeuchte"}, actor=SYSTEM)
    assert row.profile["origin"] == {"key": "09462000", "level": "gemeinde", "name": "Bayreuth"}
    with pytest.raises(NotReadyError):
        actions.publish_solution(row, town, actor=SYSTEM)
    actions.save_draft(row, {**DRAFT, "origin": row.profile["origin"]}, actor=SYSTEM)
    assert row.versions.count() == 0
    actions.publish_solution(row, town, actor=SYSTEM)
    assert (row.is_public, row.level, row.versions.count()) == (True, "minimal", 1)
    assert row.slug in found("Stadtbäume")
    assert OutboxEvent.objects.filter(name="SolutionPublished").count() == 1
    assert row.provenance[""]["source"] == "declared:09462000"


def test_what_breaks_the_format_is_not_kept(town):
    row = actions.create_draft(town, {}, actor=SYSTEM)
    with pytest.raises(InvalidProfileError):
        actions.save_draft(row, {"farbe": "rot"}, actor=SYSTEM)


def test_every_change_is_a_version_and_can_be_taken_back_byte_for_byte(town):
    """CAT-209."""
    row = published(town)
    first = export_solution(row)
    changed = {**row.profile, "problem": "Es fehlt an Zeit."}
    number = actions.revise_solution(row, town, changed, reason="genauer", based_on=1, actor=SYSTEM)
    assert number == 2
    assert row.provenance["/problem"]["verified_by_role"] == "Redaktion Bayreuth"
    with pytest.raises(ChangedMeanwhileError):
        actions.revise_solution(row, town, changed, reason="", based_on=1, actor=SYSTEM)
    assert actions.revert_solution(row, town, 1, actor=SYSTEM) == 3
    assert export_solution(row) == first
    assert [v.number for v in row.versions.order_by("number")] == [1, 2, 3]
    verbs = AuditRow.objects.filter(kind="solution").values_list("verb", flat=True)
    assert set(verbs) == {"create", "publish", "update", "revert"}


def test_confirming_is_one_step_and_makes_values_fresh(town):
    """CAT-206."""
    with time_machine.travel("2023-01-10"):
        row = published(town)
    actions.age_solutions()
    row.refresh_from_db()
    assert row.freshness == "expired"
    n = actions.confirm_values(row, town, ["/status", "/contact"], actor=SYSTEM)
    assert n == 4
    assert (row.freshness, row.freshness_factor) == ("fresh", 1.0)


def test_nobody_writes_in_the_entry_of_another_municipality(town):
    """TRF-106."""
    row = published(town)
    other = make_tenant("auental")
    with pytest.raises(NotOwnEntryError):
        actions.revise_solution(row, other, {}, reason="", based_on=1, actor=SYSTEM)
    with pytest.raises(NotOwnEntryError):
        actions.revert_solution(row, other, 1, actor=SYSTEM)
    with pytest.raises(NotOwnEntryError):
        actions.withdraw_solution(row, other, actor=SYSTEM)


def test_an_ended_entry_stays_and_others_leave_a_stone(town):
    """CAT-405."""
    row = published(town)
    ended = {**row.profile, "status": "ended", "ended": {"carried_out": "yes", "reasons": ["cost"]}}
    actions.revise_solution(row, town, ended, reason="Ende", based_on=1, actor=SYSTEM)
    assert OutboxEvent.objects.filter(name="SolutionEnded").exists()
    with pytest.raises(NotOwnEntryError):
        actions.withdraw_solution(row, town, actor=SYSTEM)
    other = published(town)
    actions.withdraw_solution(other, town, actor=SYSTEM)
    other.refresh_from_db()
    assert other.is_withdrawn
    assert other.slug not in found("Stadtbäume")


def test_the_town_of_an_imported_entry_takes_it_over(town):
    """CAT-808: the label stays until everything is said anew."""
    told = {"": {"source": "import:solutions.json@2026-01-01", "verified_on": "2024-01-01"}}
    row = make_solution(entry_origin="imported", import_id="x", provenance=told)
    actions.claim_solution(row, town, actor=SYSTEM)
    actions.confirm_values(row, town, ["/status"], actor=SYSTEM)
    assert (row.owner_tenant_id, row.entry_origin) == (town.pk, "imported")
    actions.confirm_values(row, town, [f"/{name}" for name in MINIMAL], actor=SYSTEM)
    assert row.entry_origin == "declared"
    with pytest.raises(NotOwnEntryError):
        actions.claim_solution(row, make_tenant("auental"), actor=SYSTEM)


def test_a_declaration_counts_and_is_never_added_to_what_sources_say(town):
    """CAT-107, TRF-106."""
    row = make_solution("app")
    make_adoption(row, "05766020")
    told = actions.Declaration(Relation.REUSE, AdoptionStatus.LIVE, "2024")
    actions.record_adoption(row, town, told, actor=SYSTEM)
    (shown,) = list_rows([row.pk])
    assert shown.uses.declared == {"gemeinde": 1}
    assert shown.uses.documented == {"gemeinde": 1}
    one = SearchRequest(filters={"declared_use": frozenset({"1"})})
    assert [hit.slug for hit in search_solutions(one).hits] == ["app"]
    ended = actions.Declaration(Relation.REUSE, AdoptionStatus.ENDED, "2024")
    actions.record_adoption(row, town, ended, actor=SYSTEM)
    assert search_solutions(one).total == 0


@pytest.mark.parametrize(("is_true", "denied"), [(True, False), (False, True)])
def test_the_named_town_confirms_or_denies(town, is_true, denied):
    """TRF-107; what is declared then is kept by the room above."""
    row = make_solution("app")
    said = make_adoption(row, "09462000")
    actions.answer_documented(said, town, is_true=is_true, actor=SYSTEM)
    said.refresh_from_db()
    assert said.is_denied is denied
    with pytest.raises(NotOwnEntryError):
        actions.answer_documented(make_adoption(row, "05766020"), town, is_true=True, actor=SYSTEM)


def test_what_is_no_longer_shown_is_forgotten(town):
    row = make_solution("app")
    told = actions.Declaration(Relation.REUSE, AdoptionStatus.LIVE, "2024")
    actions.record_adoption(row, town, told, actor=SYSTEM)
    cost = actions.Cost(Decimal("0.6883"), 2025, "invoice", "declared:09462000")
    actions.record_cost(row, town, cost, actor=SYSTEM)
    actions.forget_adoption(row, town, actor=SYSTEM)
    actions.forget_cost(row, town, actor=SYSTEM)
    assert not Adoption.objects.filter(basis="declared").exists()
    assert not row.costs.exists()


def test_costs_and_evidence_are_pushed_down(town):
    row = make_solution("app")
    cost = actions.Cost(Decimal("0.6883"), 2025, "invoice", "declared:09462000")
    assert actions.record_cost(row, town, cost, actor=SYSTEM).size_class == "under_100000"
    actions.set_evidence_summary(
        row.pk,
        evidence_class=2,
        direction="better",
        shown={"sentence": "31 % weniger Fahrten", "value": 2, "low": 1, "high": 3},
        actor=SYSTEM,
    )
    asked = SearchRequest(filters={"evidence": frozenset({"2"})})
    assert [hit.slug for hit in search_solutions(asked).hits] == ["app"]


def test_class_0_is_a_value_and_unknown_another(town):
    row = make_solution("app")
    asked = SearchRequest(filters={"evidence": frozenset({"0"})})
    assert search_solutions(asked).total == 0
    actions.set_evidence_summary(
        row.pk, evidence_class=0, direction="unclear", shown={}, actor=SYSTEM
    )
    assert search_solutions(asked).total == 1


def test_a_shared_repository_proposes_a_link(db):
    """CAT-210: never a merge, and a person confirms."""
    actions.import_bundled()
    pairs = {(link.solution.slug, link.target.slug) for link in SolutionLink.objects.all()}
    assert ("consul-wuerzburg", "consul-detmold") in pairs or (
        "consul-detmold",
        "consul-wuerzburg",
    ) in pairs
    assert any("beteiligungsplattform-puchheim" in pair for pair in pairs)
    assert not SolutionLink.objects.filter(is_confirmed=True).exists()
    assert actions.propose_links() == 0
