import pytest

from mehrwert.accounts.actions import accept_invitation
from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import ForbiddenError, NotFoundError
from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.municipalities import access, actions
from mehrwert.municipalities.errors import (
    InventedTownError,
    LastAdminError,
    SlugNotAllowedError,
    SlugTakenError,
    UnknownMunicipalityError,
    UnknownRoleError,
)
from mehrwert.municipalities.models import Boundary, Municipality, Tenant, TenantSlug

from .fixtures import ARS, SQUARE, make_member, make_person, make_tenant, official

DEMO = {"level": "demo", "ars": "990000000001", "is_demo": True}


def verbs(kind: str) -> list[str]:
    return list(AuditRow.objects.filter(kind=kind).order_by("pk").values_list("verb", flat=True))


def test_an_official_municipality_takes_its_name_from_the_register(db):
    official(ARS["auendorf"], "Auendorf")
    town = actions.create_tenant(level="gemeinde", ars=ARS["auendorf"], slug="auendorf")
    assert (town.name, town.is_demo, town.boundary) == ("Auendorf", False, None)
    assert verbs("tenant") == ["create"]
    event = OutboxEvent.objects.get(name="TenantCreated")
    assert event.payload["ars"] == ARS["auendorf"]
    assert event.tenant_id == town.pk


def test_a_row_that_the_register_does_not_have_is_refused(db):
    with pytest.raises(UnknownMunicipalityError):
        actions.create_tenant(level="gemeinde", ars="123456789012", slug="nirgends")
    assert not Tenant.objects.exists()


def test_an_invented_municipality_brings_outline_and_population(db):
    town = actions.create_tenant(**DEMO, slug="auental", boundary=SQUARE, population=8240)
    assert (town.boundary, town.population) == (SQUARE, 8240)


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_demo": False},
        {"ars": "050010001001"},
        {"level": "gemeinde"},
        {"ars": "99"},
    ],
)
def test_an_invented_municipality_must_be_marked_as_such(db, wrong):
    with pytest.raises(InventedTownError):
        actions.create_tenant(**{**DEMO, **wrong}, slug="auental")


def test_an_address_is_given_once_and_reserved_words_never(auental):
    with pytest.raises(SlugTakenError):
        make_tenant("auental")
    with pytest.raises(SlugNotAllowedError):
        make_tenant("daten")


def test_a_new_address_leaves_the_old_one_leading_to_it(auental):
    actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    assert access.read_new_slug("auental") == "bad-auental"
    assert verbs("tenant")[-1] == "change_address"
    with pytest.raises(SlugTakenError):
        make_tenant("auental")


def test_a_municipality_may_take_its_old_address_back(auental):
    town = actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    actions.change_slug(town, "auental", actor=SYSTEM)
    assert access.read_new_slug("auental") == ""
    assert access.read_new_slug("bad-auental") == "auental"
    assert TenantSlug.objects.count() == 1


def test_nobody_gets_the_present_or_former_address_of_another(auental):
    actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    other = make_tenant("zell")
    for slug in ("auental", "bad-auental"):
        with pytest.raises(SlugTakenError):
            actions.change_slug(other, slug, actor=SYSTEM)


def test_name_and_notice_change_with_before_and_after_in_the_audit(auental):
    actions.update_tenant(auental, name=" Auental ", notice="Wartung am Freitag", actor=SYSTEM)
    row = AuditRow.objects.filter(kind="tenant", verb="update").get()
    assert row.before["notice"] == ""
    assert row.after == {"name": "Auental", "notice": "Wartung am Freitag"}


def test_resting_and_opening_again_are_audited_once_each(auental):
    for _ in range(2):
        actions.suspend_tenant(auental, actor=SYSTEM)
    assert access.read_tenant("auental") is None
    for _ in range(2):
        actions.resume_tenant(auental, actor=SYSTEM)
    assert access.read_tenant("auental") == auental
    assert verbs("tenant") == ["create", "suspend", "resume"]


def test_who_sets_a_municipality_up_becomes_its_administration(db):
    user = make_person("olga", is_operator=True)
    town = actions.create_own_tenant(user, **DEMO, slug="auental")
    assert access.read_membership(user, town).role == "admin"


def test_a_role_is_given_changed_taken_away_and_given_back(auental, admin, viewer):
    member = access.read_membership(viewer, auental)
    actions.set_membership(auental, viewer, "editor", extra=["privacy"])
    actions.remove_membership(auental, member.pk, actor=SYSTEM)
    assert access.read_membership(viewer, auental) is None
    actions.restore_membership(auental, member.pk, actor=SYSTEM)
    again = access.read_membership(viewer, auental)
    assert (again.role, again.extra) == ("editor", ["privacy"])
    assert verbs("membership")[-3:] == ["update", "remove", "restore"]
    roles = [e.payload["role"] for e in OutboxEvent.objects.filter(name="MembershipChanged")]
    assert roles[-3:] == ["editor", "", "editor"]


@pytest.mark.parametrize(
    "wrong", [{"role": "king"}, {"role": "viewer", "extra": ["operate"]}], ids=["role", "extra"]
)
def test_roles_and_extras_that_do_not_exist_are_refused(auental, wrong):
    with pytest.raises(UnknownRoleError):
        actions.set_membership(auental, make_person("mira"), **wrong)


def test_the_last_administrator_stays(auental, admin):
    member = access.read_membership(admin, auental)
    with pytest.raises(LastAdminError):
        actions.remove_membership(auental, member.pk, actor=SYSTEM)
    with pytest.raises(LastAdminError):
        actions.set_membership(auental, admin, "viewer")
    assert access.read_membership(admin, auental).role == "admin"


def test_with_a_second_administrator_the_first_may_go(auental, admin):
    make_member(auental, "admin", "zweite")
    member = access.read_membership(admin, auental)
    actions.remove_membership(auental, member.pk, actor=SYSTEM)
    assert access.read_membership(admin, auental) is None


def test_members_of_another_municipality_are_out_of_reach(auental, admin):
    stranger = make_member(make_tenant("fremd"), "viewer", "fritz")
    other = access.list_tenants_of(stranger)[0]
    member = access.read_membership(stranger, other)
    with pytest.raises(NotFoundError):
        actions.remove_membership(auental, member.pk, actor=SYSTEM)
    assert access.read_membership(stranger, other) is not None


def test_an_invited_person_sets_a_password_and_is_in(auental, admin):
    member, token = actions.invite_member(
        auental, email="Neu@Auental.example", display_name="Nele Neu", role="editor", actor=SYSTEM
    )
    accept_invitation(token, password="vier blaue Esel im Wald", display_name="Nele Neu")
    member.user.refresh_from_db()
    assert member.user.has_usable_password()
    assert access.read_membership(member.user, auental).role == "editor"


def test_somebody_with_an_account_gets_no_link_that_could_take_it_over(auental, admin):
    known = make_member(make_tenant("fremd"), "admin", "fritz")
    member, token = actions.invite_member(
        auental, email=known.email, display_name="", role="viewer", actor=SYSTEM
    )
    assert token == ""
    assert member.user == known
    assert {town.slug for town in access.list_tenants_of(known)} == {"auental", "fremd"}


def test_only_operators_claim_the_administration(auental, admin):
    operator = make_person("olga", is_operator=True)
    actions.claim_administration(auental, operator, actor=SYSTEM)
    assert access.read_membership(operator, auental).role == "admin"
    with pytest.raises(ForbiddenError):
        actions.claim_administration(auental, make_person("mira"), actor=SYSTEM)


def test_the_register_is_loaded_whole_and_once_and_replaced_as_a_whole(db):
    assert actions.load_register() is True
    assert actions.load_register() is False
    assert Municipality.objects.count() == 12_601
    assert Boundary.objects.count() == 12_597
    levels = {
        level: Municipality.objects.filter(level=level).count()
        for level in ("land", "regierungsbezirk", "kreis", "gemeindeverband", "gemeinde")
    }
    assert levels == {
        "land": 16,
        "regierungsbezirk": 29,
        "kreis": 400,
        "gemeindeverband": 1203,
        "gemeinde": 10_953,
    }
    inhabitants = Municipality.objects.filter(level="gemeinde").values_list("population", flat=True)
    assert sum(filter(None, inhabitants)) == 83_577_140
    flensburg = Municipality.objects.get(level="gemeinde", ars="010010000000")
    assert (flensburg.name_short, flensburg.ags) == ("Flensburg", "01001000")
    Municipality.objects.all().delete()
    assert actions.load_register() is True
    assert Municipality.objects.count() == 12_601
