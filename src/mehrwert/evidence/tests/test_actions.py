"""Released, withdrawn, mapped: the synthesis follows, and so does the catalogue."""

import pytest

from mehrwert.base.delivery import deliver_new
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.models import SolutionLink
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.evidence import actions, queries
from mehrwert.evidence.errors import (
    MeaningDiffersError,
    NotReleasedError,
    SharedKeyInvalidError,
    UnknownKeyError,
    WithdrawalReasonMissingError,
)
from mehrwert.evidence.models import Finding, Synthesis
from mehrwert.evidence.queries import OwnKey, PoolKey

from .factories import CURATOR, plan, released

pytestmark = pytest.mark.django_db(databases=["default", "observations"])


def test_a_withdrawn_finding_counts_nowhere_and_stays_visible():
    """EVI-36, EVI-61: reason is needed, older version stays, the plan is open again."""
    plan(1)
    row = released(1)
    key = PoolKey("app", "giesswasser@1", "log_ratio")
    released(2, town="Erlbach", theta=-0.1)
    assert queries.compute_pool(key).k == 2
    with tenant_scope(1):
        with pytest.raises(WithdrawalReasonMissingError):
            actions.withdraw_finding(row, reason=" ", actor=CURATOR)
        actions.withdraw_finding(row, reason="Der Zähler war falsch geeicht.", actor=CURATOR)
        with pytest.raises(NotReleasedError):
            actions.withdraw_finding(row, reason="noch einmal", actor=CURATOR)
    assert queries.compute_pool(key).k == 1
    assert [gone.municipality for gone in queries.list_withdrawn(key)] == ["Auental"]
    assert queries.read_pool_key(row.pk) == key
    versions = Synthesis.objects.order_by("version")
    assert [made.record["k"] for made in versions] == [1, 2, 1]
    assert "falsch geeicht" in versions.last().change_note
    assert queries.pool_register(key).overdue == 1


def test_a_new_result_may_follow_a_withdrawal():
    row = released(1)
    with tenant_scope(1):
        actions.withdraw_finding(row, reason="falsch", actor=CURATOR)
    again = released(1, theta=-0.1)
    assert (again.pk, again.state, again.withdrawn_reason) == (row.pk, "released", "falsch")


def test_the_catalogue_shows_what_is_known_and_forgets_what_is_withdrawn():
    """House, journey (c) step 5; a variant of the root shows it too, an unconfirmed one not."""
    root, variant, other = (make_solution(slug) for slug in ("app", "app-zwei", "app-drei"))
    SolutionLink.objects.create(solution=variant, target=root, kind="variant_of", is_confirmed=True)
    SolutionLink.objects.create(solution=other, target=root, kind="variant_of")
    row = released(1)
    deliver_new()
    for solution in (root, variant, other):
        solution.refresh_from_db()
    assert (root.evidence_class, root.evidence_direction) == (2, "better")
    assert root.evidence["sentence"].endswith("Gießwasser")
    assert root.evidence["value"] == pytest.approx(4.0)
    assert root.evidence["low"] < root.evidence["value"] < root.evidence["high"]
    assert root.evidence["note_en"] == "1 municipality"
    assert (variant.evidence_class, other.evidence_class) == (2, None)
    with tenant_scope(1):
        actions.withdraw_finding(row, reason="falsch", actor=CURATOR)
    deliver_new()
    root.refresh_from_db()
    assert (root.evidence_class, root.evidence) == (None, {})


def test_invented_results_never_reach_a_real_solution():
    """Decisions 37."""
    real, invented = make_solution("app"), make_solution("demo-app", entry_origin="demo")
    released(1, is_demo=True)
    released(1, "2", root="demo-app", is_demo=True)
    deliver_new()
    real.refresh_from_db()
    invented.refresh_from_db()
    assert (real.evidence_class, invented.evidence_class) == (None, 2)


def test_own_keys_are_pooled_only_after_a_curator_maps_them():
    """Decisions 35: the same words in two towns need not mean the same."""
    plan(1, key="eigen-wasser")
    plan(2, town="Erlbach", key="eigen-wasser")
    one = released(1, key="eigen-wasser")
    two = released(2, town="Erlbach", key="eigen-wasser", theta=-0.1)
    assert one.indicator_key != two.indicator_key
    assert queries.compute_pool(PoolKey.of(one)).k == 1
    shared = released(3, town="Seebrück", theta=-0.15)
    first, second = (OwnKey(tenant, "indicator", "eigen-wasser") for tenant in (1, 2))
    actions.map_key(first, "giesswasser@1", reason="Gleiche Zähler.", actor=CURATOR)
    assert queries.compute_pool(PoolKey.of(shared)).k == 2
    actions.map_key(second, "giesswasser@1", reason="Gleiche Zähler.", actor=CURATOR)
    assert queries.compute_pool(PoolKey.of(shared)).k == 3
    later = released(1, "2", key="eigen-wasser")
    assert later.indicator_key == "giesswasser@1"
    actions.map_key(second, "", reason="Doch anders gezählt.", actor=CURATOR)
    assert queries.compute_pool(PoolKey.of(shared)).k == 2
    assert {line.mapping is None for line in queries.list_own_keys()} == {True, False}


def test_mapping_refuses_what_is_not_the_same():
    plan(1, key="eigen-wasser")
    released(1, key="eigen-wasser")
    released(2, town="Erlbach", study={"unit": "l"})
    own = OwnKey(1, "indicator", "eigen-wasser")
    with pytest.raises(MeaningDiffersError):
        actions.map_key(own, "giesswasser@1", reason="x", actor=CURATOR)
    with pytest.raises(SharedKeyInvalidError):
        actions.map_key(own, "Gießwasser", reason="x", actor=CURATOR)
    with pytest.raises(UnknownKeyError):
        actions.map_key(OwnKey(9, "indicator", "eigen-x"), "a@1", reason="x", actor=CURATOR)
    assert Finding.public.filter(indicator_key="giesswasser@1").count() == 1
