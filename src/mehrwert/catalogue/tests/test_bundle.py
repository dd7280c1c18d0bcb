"""The bundled collection: counts, labels, repeatability (CAT-801 to CAT-807)."""

import json
from collections import Counter

import pytest

from mehrwert.catalogue import bundled
from mehrwert.catalogue.actions import bundle, import_bundled
from mehrwert.catalogue.models import Adoption, Solution, SolutionSource, SolutionVersion
from mehrwert.catalogue.queries import build_documents

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing():
    """CAT-801: 183 entries, 89 relations."""
    assert import_bundled().added == 183
    before = list(Solution.objects.order_by("pk").values())
    assert import_bundled(is_forced=True).unchanged == 183
    assert list(Solution.objects.order_by("pk").values()) == before
    assert SolutionVersion.objects.count() == 183
    assert Adoption.objects.exclude(relation__in=["origin", "site"]).count() == 89


def test_a_new_collection_adds_changes_and_never_deletes(monkeypatch, tmp_path):
    """CAT-801: what is gone is marked."""
    import_bundled()
    whole = json.loads(bundled.SOLUTIONS.read_text(encoding="utf-8"))
    whole["solutions"][0]["status"] = "ended"
    del whole["solutions"][1]
    changed = tmp_path / "solutions.json"
    changed.write_text(json.dumps(whole), encoding="utf-8")
    monkeypatch.setattr(bundled, "SOLUTIONS", changed)
    report = import_bundled()
    assert (report.added, report.changed, report.unchanged, report.gone) == (0, 1, 181, 1)
    assert Solution.objects.count() == 183
    assert Solution.objects.filter(is_gone=True).count() == 1
    assert Solution.objects.get(import_id=whole["solutions"][0]["id"]).version == 2


def test_unknown_stays_unknown():
    """CAT-803, CAT-804: no value is made up; every entry is a stub."""
    import_bundled()
    profiles = [row.profile for row in Solution.objects.all()]
    missing = Counter(
        name
        for profile in profiles
        for name in ("status", "programme", "technologies", "funding_note")
        if name not in profile
    )
    assert missing == {"status": 16, "programme": 94, "technologies": 9, "funding_note": 181}
    code = [profile.get("code", {}) for profile in profiles]
    assert sum("licence" not in c and "licence_note" not in c for c in code) == 145
    for name in ("stage", "solution_type", "tasks", "preconditions", "costs", "problem"):
        assert all(name not in profile for profile in profiles)
    assert set(Solution.objects.values_list("level", flat=True)) == {"stub"}


def test_71_entries_have_no_date_and_all_have_sources():
    """CAT-802."""
    import_bundled()
    assert Solution.objects.filter(source_date=None, freshness="undated").count() == 71
    with_source = SolutionSource.objects.values("solution").distinct().count()
    assert with_source == 183
    assert SolutionSource.objects.filter(url__startswith="briefing").count() == 0


def test_carriers_that_are_recipients_are_one_place():
    """CAT-805: Detmold, Koblenz, Nürnberg."""
    import_bundled()
    both = Adoption.objects.filter(is_carrier=True).exclude(relation__in=["origin", "site"])
    assert sorted(both.values_list("place_name", flat=True)) == ["Detmold", "Koblenz", "Nürnberg"]
    detmold = Adoption.objects.filter(solution__slug="consul-detmold", place_key="05766020")
    assert [row.relation for row in detmold] == ["reuse"]


def test_relations_and_levels_stay_apart():
    """TRF-102, TRF-104: 52 reuse on five levels."""
    import_bundled()
    kinds = Counter(Adoption.objects.values_list("relation", flat=True))
    assert (kinds["reuse"], kinds["test"], kinds["co-development"]) == (52, 11, 10)
    assert (kinds["planned"], kinds["same-product"], kinds["extension"]) == (7, 7, 2)
    levels = Counter(Adoption.objects.filter(relation="reuse").values_list("place_level", flat=1))
    assert levels == {"gemeinde": 41, "kreis": 5, "land": 3, "gemeindeverband": 2, "region": 1}


def test_documented_reuse_in_three_municipalities():
    """CAT-107: exactly six solutions; nobody has declared anything."""
    import_bundled()
    documents = list(build_documents())
    found = {d.slug for d in documents if "3" in d.facets["documented_reuse"]}
    assert found == {
        "smart-village-app",
        "masterportal",
        "dipas",
        "consul-detmold",
        "klarschiff",
        "giess-den-kiez",
    }
    assert all(d.facets["declared_use"] == () for d in documents)


def test_code_facts_of_five_entries_come_with_source_and_commit():
    """CAT-806."""
    import_bundled()
    with_facts = Solution.objects.filter(profile__code__has_key="publiccode_url")
    assert sorted(with_facts.values_list("slug", flat=True)) == [
        "consul-detmold",
        "consul-wuerzburg",
        "ehrenamtjustiz-muenchen",
        "entitlementcard",
        "mucgpt",
    ]
    mucgpt = Solution.objects.get(slug="mucgpt")
    assert "4ce30f1f52100ff31" in mucgpt.provenance["/code/software_version"]["source"]


def test_a_claimed_entry_keeps_what_its_municipality_says():
    """CAT-808."""
    import_bundled()
    row = Solution.objects.get(slug="dipas")
    row.entry_origin, row.profile = "declared", {"name": "DIPAS neu"}
    row.save()
    assert import_bundled(is_forced=True).claimed == 1
    row.refresh_from_db()
    assert row.profile == {"name": "DIPAS neu"}


def test_a_denied_place_stays_denied():
    """TRF-107: a denial outlives the next run."""
    import_bundled()
    Adoption.objects.filter(place_name="Angermünde").update(is_denied=True)
    bundle.import_bundled(is_forced=True)
    assert Adoption.objects.get(place_name="Angermünde").is_denied
