import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.errors import ForbiddenError
from mehrwert.municipalities import access
from mehrwert.municipalities.actions import remove_membership, set_membership, suspend_tenant
from mehrwert.municipalities.choices import (
    EXTRA_CAPABILITIES,
    EXTRA_LABELS,
    ROLE_HINTS,
    ROLE_LABELS,
    Capability,
    Role,
)
from mehrwert.municipalities.errors import TenantReadOnlyError, TenantSuspendedError

from .fixtures import make_member, make_person, make_tenant

# the matrix once more, by role: a change of access.py must be meant
ALLOWED = {
    "viewer": "read",
    "editor": "read edit_data import_data capture money",
    "lead": "read edit_data import_data capture decide money",
    "treasurer": "read money",
    "desk": "read answer_phone",
    "field": "read capture",
    "guide": "read guide",
    "admin": "read edit_data import_data capture decide money answer_phone read_audit "
    "manage_keys manage_people manage_town",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_its_row_says(role):
    may = {capability for capability in Capability if access.role_has(role, capability)}
    assert may == set(ALLOWED[role].split())


def test_every_capability_and_role_is_accounted_for():
    assert set(access.MATRIX) == set(Capability)
    assert set(ROLE_LABELS) == set(ROLE_HINTS) == set(ALLOWED) == set(Role)
    assert set(EXTRA_LABELS) == set(EXTRA_CAPABILITIES)


def test_an_unknown_capability_is_nobodys():
    assert not access.role_has("admin", "rule_the_world")


def test_a_capability_can_be_given_beside_the_role(auental):
    member = set_membership(auental, make_person("mira"), "viewer", extra=["crisis"])
    assert access.can(member, "crisis")
    assert not access.can(member, "privacy")


@pytest.fixture
def as_admin(auental, admin):
    return access.read_membership(admin, auental)


def test_a_municipality_shown_only_lets_nobody_change_data(auental, as_admin):
    as_admin.tenant.read_only = True
    assert isinstance(access.refusal(as_admin, "edit_data"), TenantReadOnlyError)
    assert access.refusal(as_admin, "read") is None
    assert access.refusal(as_admin, "manage_town") is None


def test_a_resting_municipality_lets_only_its_administration_in(auental, as_admin, viewer):
    suspend_tenant(auental, actor=SYSTEM)
    for user, capability, kind in (
        (as_admin.user, "read", None),
        (as_admin.user, "manage_town", None),
        (as_admin.user, "edit_data", TenantSuspendedError),
        (viewer, "read", TenantSuspendedError),
    ):
        member = access.read_membership(user, auental)
        found = access.refusal(member, capability)
        assert (type(found) if found else None) == kind


def test_a_role_that_lacks_something_is_told_so(auental, viewer):
    member = access.read_membership(viewer, auental)
    assert type(access.refusal(member, "edit_data")) is ForbiddenError


def test_programs_find_open_municipalities_only(auental):
    assert access.read_tenant("auental") == auental
    assert access.read_tenant("gibt-es-nicht") is None
    suspend_tenant(auental, actor=SYSTEM)
    assert access.read_tenant("auental") is None


def test_the_short_address_needs_exactly_one_municipality(db):
    assert access.read_only_tenant() is None
    first = make_tenant("erste")
    assert access.read_only_tenant() == first
    make_tenant("zweite")
    assert access.read_only_tenant() is None


def test_strangers_and_nobody_are_no_members(auental, admin):
    from django.contrib.auth.models import AnonymousUser

    assert access.read_membership(admin, auental) is not None
    assert access.read_membership(make_person("fremd"), auental) is None
    assert access.read_membership(AnonymousUser(), auental) is None
    assert access.list_tenants_of(AnonymousUser()) == []


def test_a_membership_ends_when_it_runs_out_is_taken_away_or_the_person_is_shut_out(auental, admin):
    temporary = make_member(auental, "viewer", "timo", until_us=now_us() + 60_000_000)
    gone = make_member(auental, "viewer", "gerd")
    assert access.read_membership(temporary, auental) is not None
    set_membership(auental, temporary, "viewer", until_us=now_us() - 1)
    member = access.read_membership(gone, auental)
    remove_membership(auental, member.pk, actor=SYSTEM)
    assert access.read_membership(temporary, auental) is None
    assert access.read_membership(gone, auental) is None
    admin.is_active = False
    admin.save()
    assert access.read_membership(admin, auental) is None


def test_people_see_the_municipalities_they_belong_to_by_name(db):
    person = make_person("mira")
    for slug in ("zell", "auental", "mitte"):
        set_membership(make_tenant(slug), person, "viewer")
    make_tenant("fremd")
    assert [town.slug for town in access.list_tenants_of(person)] == ["auental", "mitte", "zell"]


def test_live_values_follow_the_session_and_the_membership(auental, viewer, client):
    client.force_login(viewer)
    key = client.session.session_key
    make_tenant("fremd")
    assert access.live_access(key, "auental") == auental.pk
    assert access.live_access(key, "fremd") is None
    assert access.live_access("", "auental") is None
