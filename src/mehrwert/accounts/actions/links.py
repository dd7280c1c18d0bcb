"""Everything that changes links that work once: invitations and the first administrator."""

import secrets

from django.db import transaction

from mehrwert.accounts.actions.people import create_user, remove_second_factor
from mehrwert.accounts.errors import LinkInvalidError
from mehrwert.accounts.models import LinkPurpose, OneTimeLink, User
from mehrwert.accounts.queries import may_be_given_a_link, read_link, read_user_by_email
from mehrwert.accounts.rules import LINK_HOURS, digest
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us

HOUR_US = 3_600_000_000


def invite_person(*, email: str, display_name: str, actor: Actor) -> tuple[User, str]:
    """Create a person if needed and return (person, token of the invitation link).

    The token is empty when the person can sign in already, or was invited by somebody else: whoever
    holds the link sets the password, so it must never let one municipality into the account of
    another's people.
    """
    with transaction.atomic():
        user = read_user_by_email(email) or create_user(
            email=email, display_name=display_name, actor=actor
        )
        token = ""
        if may_be_given_a_link(user, actor):
            token = _new_link(LinkPurpose.INVITATION, user, created_by_id=actor.actor_id)
        _audit(actor, "invite", user)
    return user, token


def accept_invitation(token: str, *, password: str, display_name: str) -> User:
    """Set name and password of the invited person; the link is used up.

    Raises:
        LinkInvalidError: Unknown, used or too old.
    """
    with transaction.atomic():
        link = read_link(token, LinkPurpose.INVITATION)
        user = link.user
        if user is None or user.has_usable_password():
            raise LinkInvalidError
        _use(link)
        user.display_name = display_name.strip() or user.display_name
        user.set_password(password)
        user.save()
        _audit(Actor("user", user.pk, str(user)), "accept_invitation", user)
    return user


def create_first_admin_link() -> str:
    """Return the token of a link that makes its user the operator; older ones stop working."""
    with transaction.atomic():
        OneTimeLink.objects.filter(purpose=LinkPurpose.FIRST_ADMIN, used_us=None).delete()
        token = _new_link(LinkPurpose.FIRST_ADMIN, None)
        record_audit(actor=SYSTEM, verb="create", kind="first_admin_link")
    return token


def accept_first_admin(token: str, *, email: str, password: str, display_name: str) -> User:
    """Create (or reset) the operator of the installation; the link is used up.

    Whoever holds the link has access to the server itself: a known person is made active again,
    gets the new password and loses a second factor that may be what locked them out.
    """
    with transaction.atomic():
        link = read_link(token, LinkPurpose.FIRST_ADMIN)
        _use(link)
        user = read_user_by_email(email) or create_user(email=email, display_name=display_name)
        user.is_operator, user.is_active = True, True
        user.display_name = display_name.strip() or user.display_name
        user.set_password(password)
        user.save()
        actor = Actor("user", user.pk, str(user))
        remove_second_factor(user.pk, actor=actor)
        _audit(actor, "become_operator", user)
    return user


def _new_link(purpose: LinkPurpose, user: User | None, *, created_by_id: int = 0) -> str:
    token = secrets.token_urlsafe(32)
    now = now_us()
    OneTimeLink.objects.create(
        sha256=digest(token),
        purpose=purpose,
        user=user,
        created_us=now,
        created_by_id=created_by_id,
        expires_us=now + LINK_HOURS[purpose] * HOUR_US,
    )
    return token


def _use(link: OneTimeLink) -> None:
    """Use a link up; of two requests at the same time one gets through."""
    fresh = OneTimeLink.objects.filter(pk=link.pk, used_us=None)
    if not fresh.update(used_us=now_us()):
        raise LinkInvalidError


def _audit(actor: Actor, verb: str, user: User) -> None:
    record_audit(actor=actor, verb=verb, kind="user", object_id=user.pk, label=str(user))
