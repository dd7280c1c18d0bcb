"""Writing by the owner of a software: both patches, all or nothing (CAT-718)."""

import json

import pytest

from mehrwert.accounts.actions import create_key
from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.standards.software_catalog.models import SoftwareRecord

pytestmark = pytest.mark.django_db
MERGE, OPERATIONS = "application/merge-patch+json", "application/json-patch+json"
MIRROR = "https://mirror.example.org/bachwarner"


@pytest.fixture
def town(solution):
    town = make_tenant("auental")
    contact = {"unit": "Bauhof"}
    Solution.objects.update(
        owner_tenant_id=town.pk, profile={**solution.profile, "contact": contact}
    )
    return town


def holding(town, *scopes: str) -> dict[str, str]:
    _, key = create_key(tenant_id=town.pk, name="K", scopes=scopes, actor=SYSTEM)
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def patch(client, solution, town):
    own = holding(town, "write")

    def send(body, kind=MERGE, headers=own):
        path = f"/v1/software/{solution.uuid}"
        return client.patch(path, json.dumps(body), content_type=kind, headers=headers)

    return send


def test_a_merge_patch_changes_what_it_names(client, patch, solution):
    """Foreign namespaces stand beside ours; a new url is a version of the entry."""
    url = "https://git.example.org/auental/neu"
    told = patch(
        {"url": url, "aliases": [MIRROR], "vitality": "90,80", "analysis": {"x": {"v": 1}}}
    )
    assert told.status_code == 200, told.content
    assert (told.json()["url"], told.json()["aliases"]) == (url, [MIRROR])
    assert told.json()["vitality"] == "90,80"
    solution.refresh_from_db()
    assert (solution.version, solution.profile["code"]["repository_url"]) == (2, url)
    analysis = client.get(f"/v1/software/{solution.uuid}/analysis").json()
    assert set(analysis) == {"x", "mehrwert"}
    assert "aliases" not in patch({"aliases": None}).json()
    assert SoftwareRecord.objects.get().vitality == "90,80"


def test_a_json_patch_is_done_as_a_whole(patch, solution):
    """CAT-718: a partial failure changes nothing."""
    good = [
        {"op": "test", "path": "/active", "value": True},
        {"op": "add", "path": "/aliases/-", "value": MIRROR},
        {"op": "replace", "path": "/vitality", "value": "7"},
    ]
    assert patch(good, OPERATIONS).json()["aliases"] == [MIRROR]
    gone = {"op": "remove", "path": "/aliases/0"}
    for then, status in (
        ({"op": "test", "path": "/url", "value": "x"}, 409),
        ({"op": "add", "path": "/vitality", "value": 7}, 422),
    ):
        assert patch([gone, then], OPERATIONS).status_code == status
    assert patch({"url": "https://git.example.org/x", "vitality": "999"}).status_code == 422
    assert SoftwareRecord.objects.get().aliases == [MIRROR]
    solution.refresh_from_db()
    assert solution.version == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ({"publiccodeYml": "x"}, MERGE, 422),
        ({"id": "x"}, MERGE, 422),
        ({"url": None}, MERGE, 422),
        ({"aliases": ["x"]}, MERGE, 422),
        ({"active": "no"}, MERGE, 422),
        ({"vitality": "1,2,x"}, MERGE, 422),
        ({"analysis": {"mehrwert": {"v": 2}}}, MERGE, 422),
        ([], MERGE, 400),
        ([{"op": "move", "from": "/url", "path": "/vitality"}], OPERATIONS, 422),
        ([{"op": "remove", "path": "/none"}], OPERATIONS, 422),
        ({}, "text/plain", 415),
    ],
)
def test_what_is_wrong_changes_nothing(patch, body, kind, status):
    told = patch(body, kind)
    assert told.status_code == status, told.content
    assert told["Content-Type"].startswith("application/problem+json")
    assert not SoftwareRecord.objects.exists()


def test_only_keys_of_the_owner_write(patch, town):
    other = make_tenant("nebenan")
    assert patch({}, headers={}).status_code == 401
    for holder, scope in ((town, "read"), (other, "write")):
        assert patch({"active": False}, headers=holding(holder, scope)).status_code == 403
    assert not SoftwareRecord.objects.exists()


def test_inactive_software_is_listed_on_request_only(client, patch):
    """And what an earlier owner said no longer counts."""
    assert patch({"active": False}).json()["active"] is False
    assert client.get("/v1/software").json()["data"] == []
    assert client.get("/v1/publishers").json()["data"] == []
    assert len(client.get("/v1/software?all=true").json()["data"]) == 1
    Solution.objects.update(owner_tenant_id=None)
    assert client.get("/v1/software").json()["data"][0]["active"] is True
