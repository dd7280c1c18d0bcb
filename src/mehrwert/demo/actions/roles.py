"""Signs a visitor of the demo in as one of its people."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from mehrwert.accounts.actions import create_user
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.errors import NotFoundError
from mehrwert.demo.access import may_choose_role
from mehrwert.demo.choices import BY_ROLE, CHARACTERS, Character
from mehrwert.demo.errors import NoRoleByClickError
from mehrwert.demo.queries import read_auental, read_character
from mehrwert.municipalities.actions import set_membership
from mehrwert.municipalities.choices import Role
from mehrwert.municipalities.models import Tenant


def make_people(auental: Tenant, muenster: Tenant, story_town: Tenant) -> None:
    """Make one person per role in both invented towns, who may look at Münster.

    Nobody has a password. The administration also operates: so a visitor sees those pages and sets
    a municipality of their own up.
    """
    for character in CHARACTERS:
        user = read_character(character)
        if user is None:
            user = create_user(
                email=character.email,
                display_name=character.display_name,
                is_operator=character.role == Role.ADMIN,
            )
        set_membership(auental, user, character.role)
        set_membership(story_town, user, character.role)
        set_membership(muenster, user, Role.VIEWER)


def take_role(request: HttpRequest, role: str) -> Character:
    """Sign the visitor in as the person of a role.

    Raises:
        NoRoleByClickError: The visitor does not sit at a running demo.
        NotFoundError: No such role.
    """
    if not may_choose_role(request):
        raise NoRoleByClickError
    character = BY_ROLE.get(role)
    user = read_character(character) if character else None
    auental = read_auental()
    if character is None or user is None or auental is None:
        raise NotFoundError
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_audit(
        actor=Actor("user", user.pk, str(user)),
        verb="take_role",
        kind="user",
        object_id=user.pk,
        label=str(user),
        after={"role": role},
        tenant_id=auental.pk,
    )
    return character
