"""The doors of the Software Catalog API: shapes, errors, no person (CAT-711 to CAT-717)."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.standards.software_catalog import queries

pytestmark = pytest.mark.django_db

UUID = {"type": "string", "pattern": "^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-"}
TEXT = {"type": "string", "minLength": 1}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}


def thing(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    times = {"createdAt": TIME, "updatedAt": TIME}
    properties = {"id": UUID, **times, **required}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": {**properties, **(optional or {})},
    }


SOFTWARE = thing({"url": TEXT, "publiccodeYml": TEXT}, {"active": {"const": True}})
PUBLISHER = thing(
    {"description": TEXT, "codeHosting": {"type": "array", "minItems": 1}},
    {"active": {"const": True}, "alternativeId": TEXT},
)
CATALOGUE = thing(
    {"name": TEXT, "sources": {"type": "array", "minItems": 1}},
    {
        "active": {"const": True},
        "alternativeId": TEXT,
        "publishersNamespace": {"const": "urn:x-de-ags:"},
        "scopes": {"const": ["iso3166:DE"]},
    },
)
PROBLEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "detail", "status"],
    "properties": {
        "title": TEXT,
        "detail": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 499},
        "validationErrors": {
            "type": "array",
            "items": {"type": "object", "required": ["field", "rule", "value"]},
        },
    },
}


def listed(of: dict[str, Any]) -> dict[str, Any]:
    link = {"anyOf": [{"type": "null"}, {"type": "string", "pattern": r"^\?"}]}
    links = {"type": "object", "required": ["prev", "next"], "properties": {}}
    links["properties"] = {"prev": link, "next": link}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["data", "links"],
        "properties": {"data": {"type": "array", "items": of}, "links": links},
    }


def get(client, path: str, schema: dict[str, Any]) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.content
    body = response.json()
    Draft202012Validator(schema).validate(body)
    return body


def test_status(client):
    assert client.get("/v1/status").status_code == 204


def test_software(client, solution):
    (one,) = get(client, "/v1/software", listed(SOFTWARE))["data"]
    assert one["id"] == str(solution.uuid)
    assert get(client, f"/v1/software/{one['id']}", SOFTWARE) == one
    assert "Geheim" not in one["publiccodeYml"]
    url = solution.profile["code"]["repository_url"]
    assert get(client, f"/v1/software?url={url}", listed(SOFTWARE))["data"] == [one]
    assert get(client, "/v1/software?url=https://x.example", listed(SOFTWARE))["data"] == []


def test_only_valid_code_metadata_appears(client, solution):
    """CAT-715."""
    solution.profile["features"] = []
    solution.save()
    assert get(client, "/v1/software", listed(SOFTWARE))["data"] == []
    assert client.get(f"/v1/software/{solution.uuid}").status_code == 404


def test_publishers(client, solution):
    (one,) = get(client, "/v1/publishers", listed(PUBLISHER))["data"]
    assert (one["description"], one["alternativeId"]) == ("Auental", "99999001")
    assert "email" not in one
    for name in (one["id"], "99999001"):
        assert get(client, f"/v1/publishers/{name}", PUBLISHER) == one


@pytest.mark.parametrize("name", ["mehrwert", "%E2%88%85"])
def test_catalogues(client, solution, name):
    (one,) = get(client, "/v1/catalogs", listed(CATALOGUE))["data"]
    assert get(client, f"/v1/catalogs/{name}", CATALOGUE) == one
    parts = {"software": SOFTWARE, "publishers": PUBLISHER}
    for part, shape in parts.items():
        assert len(get(client, f"/v1/catalogs/{name}/{part}", listed(shape))["data"]) == 1
    assert get(client, f"/v1/catalogs/{name}/analysis", {"type": "object"})["mehrwert"]["v"] == 1


def test_logs_are_empty_lists(client, solution):
    for path in ("/v1/logs", f"/v1/software/{solution.uuid}/logs", "/v1/catalogs/mehrwert/logs"):
        assert get(client, path, listed({}))["data"] == []


def test_analysis_leaves_out_what_is_unknown(client, solution):
    """CAT-716."""
    path = f"/v1/software/{solution.uuid}/analysis"
    known = get(client, path, {"type": "object"})["mehrwert"]
    assert known == {
        "v": 1,
        "profile_url": "http://testserver/loesungen/bachwarner/",
        "freshness": "fresh",
        "origin": "declared",
    }
    common = {"solution": solution, "changed_us": now_us(), "source": "declared:99999002"}
    Adoption.objects.create(
        basis="declared",
        relation="reuse",
        status="live",
        place_level="gemeinde",
        place_key="99999002",
        place_name="Musterstadt",
        source_name="Musterstadt",
        verified_on=from_us(now_us()).date(),
        **common,
    )
    for key, cost in (("1", "0.10"), ("2", "0.30"), ("3", "0.20"), ("4", "0.60")):
        CostRecord.objects.create(
            place_key=key,
            size_class="under_5000",
            per_inhabitant_year=cost,
            price_year=2025,
            source_kind="invoice",
            **common,
        )
    CostRecord.objects.create(
        place_key="5",
        size_class="under_5000",
        per_inhabitant_year="9.90",
        price_year=2025,
        source_kind="vendor",
        **common,
    )
    known = get(client, path, {"type": "object"})["mehrwert"]
    assert known["declared_live"] == 1
    assert "documented_reuse" not in known
    assert known["cost_per_inhabitant"] == {
        "under_5000": {"low": 0.1, "median": 0.25, "high": 0.6, "n": 4}
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/v1/software/none", 404),
        ("get", "/v1/software/none/analysis", 404),
        ("get", "/v1/software/none/logs", 404),
        ("get", "/v1/publishers/none", 404),
        ("get", "/v1/catalogs/none", 404),
        ("get", "/v1/catalogs/mehrwert/none", 404),
        ("get", "/v1/none/of/this", 404),
        ("get", "/v1/software?page[size]=none", 422),
        ("get", "/v1/logs?from=none", 422),
        ("get", "/v1/catalogs?page[after]=%00", 422),
        ("post", "/v1/software", 405),
        ("delete", "/v1/publishers/none", 405),
        ("patch", "/v1/software/none", 401),
    ],
)
def test_every_error_has_one_shape(client, method, path, status):
    """CAT-713."""
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/problem+json")
    Draft202012Validator(PROBLEM).validate(response.json())
    assert response.json()["status"] == status


def test_without_the_wiring_nothing_is_listed(client, monkeypatch):
    monkeypatch.setattr(queries, "table", lambda name, default=None: default)
    assert get(client, "/v1/software", listed(SOFTWARE))["data"] == []


def test_pages_of_software_are_cut_by_the_database(client, solution, django_assert_max_num_queries):
    """CAT-712: forward = backward reversed, no double, no gap, also among the same times."""
    for number in range(7):
        Solution.objects.create(
            slug=f"bach-{number}",
            entry_origin="declared",
            is_public=True,
            profile=solution.profile,
            created_us=solution.created_us + (number // 3) * 1_000_000,
            changed_us=solution.changed_us,
            name="Bach",
            sort_name="bach",
            level="minimal",
            freshness="fresh",
        )
    Solution.objects.create(
        slug="ohne", entry_origin="declared", is_public=True, profile={"code": {}}, name="x",
        sort_name="x", level="stub", freshness="fresh", created_us=1, changed_us=1,
    )  # fmt: skip
    pages, query = [], "?page[size]=3"
    while query:
        with django_assert_max_num_queries(12):
            told = client.get(f"/v1/software{query}").json()
        pages.append([one["id"] for one in told["data"]])
        query = told["links"]["next"]
    flat = [one for page in pages for one in page]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert len(set(flat)) == 8
    back, query = [], told["links"]["prev"]
    while query:
        told = client.get(f"/v1/software{query}").json()
        back = [*[one["id"] for one in told["data"]], *back]
        query = told["links"]["prev"]
    assert [*back, *pages[-1]] == flat


def test_pages_of_publishers_read_only_the_files_they_show(
    client, solution, django_assert_max_num_queries
):
    """CAT-712: forward = backward reversed; who has no valid file is passed over."""
    for number in range(6):
        profile = {**solution.profile, "origin": {"key": f"9999910{number}", "name": "Ort"}}
        if number == 2:
            profile["features"] = []
        Solution.objects.create(
            slug=f"ort-{number}", entry_origin="declared", is_public=True, profile=profile,
            created_us=solution.created_us + (number // 3) * 1_000_000, changed_us=1,
            name="Ort", sort_name="ort", level="minimal", freshness="fresh",
        )  # fmt: skip
    pages, query = [], "?page[size]=2"
    while query:
        with django_assert_max_num_queries(40):
            told = client.get(f"/v1/publishers{query}").json()
        pages.append([one["id"] for one in told["data"]])
        query = told["links"]["next"]
    assert [len(page) for page in pages] == [2, 2, 2]
    back, query = [], told["links"]["prev"]
    while query:
        told = client.get(f"/v1/publishers{query}").json()
        back = [*[one["id"] for one in told["data"]], *back]
        query = told["links"]["prev"]
    assert back == [one for page in pages[:-1] for one in page]
    assert len({one for page in pages for one in page}) == 6
