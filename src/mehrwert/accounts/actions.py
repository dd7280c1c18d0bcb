"""Everything that changes people, keys and links."""

import secrets
from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import transaction

from mehrwert.accounts.errors import AddressTakenError, KeyLimitError, LastOperatorError
from mehrwert.accounts.models import ApiKey, LinkPurpose, OneTimeLink, User
from mehrwert.accounts.queries import forget_keys, has_operator, read_link, read_user_by_email
from mehrwert.accounts.rules import LINK_HOURS, OVERLAP_HOURS_MOST, SCOPES, digest, new_key
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError

HOUR_US = 3_600_000_000


def create_user(
    *,
    email: str,
    display_name: str = "",
    password: str | None = None,
    is_operator: bool = False,
    actor: Actor = SYSTEM,
) -> User:
    """Create a person; without password they need an invitation.

    Raises:
        AddressTakenError: The address is in use.
    """
    with transaction.atomic():
        if read_user_by_email(email) is not None:
            raise AddressTakenError(email=email)
        user = User.objects.create_user(
            email, password, display_name=display_name.strip(), is_operator=is_operator
        )
        record_audit(
            actor=actor,
            verb="create",
            kind="user",
            object_id=user.pk,
            label=str(user),
            after={"display_name": user.display_name, "is_operator": is_operator},
        )
    return user


def invite_person(*, email: str, display_name: str, actor: Actor) -> tuple[User, str]:
    """Create a person if needed and return (person, token of the invitation link)."""
    with transaction.atomic():
        user = read_user_by_email(email) or create_user(
            email=email, display_name=display_name, actor=actor
        )
        token = _new_link(LinkPurpose.INVITATION, user)
        record_audit(actor=actor, verb="invite", kind="user", object_id=user.pk, label=str(user))
    return user, token


def accept_invitation(token: str, *, password: str, display_name: str) -> User:
    """Set name and password of the invited person; the link is used up.

    Raises:
        LinkInvalidError: Unknown, used or too old.
    """
    with transaction.atomic():
        link = read_link(token, LinkPurpose.INVITATION)
        user = link.user
        if user is None:
            raise NotFoundError
        user.display_name = display_name.strip() or user.display_name
        user.set_password(password)
        user.save()
        _use(link)
        record_audit(
            actor=Actor("user", user.pk, str(user)),
            verb="accept_invitation",
            kind="user",
            object_id=user.pk,
            label=str(user),
        )
    return user


def create_first_admin_link() -> str:
    """Return the token of a link that makes its user the operator; older ones stop working."""
    with transaction.atomic():
        OneTimeLink.objects.filter(purpose=LinkPurpose.FIRST_ADMIN, used_us=None).delete()
        token = _new_link(LinkPurpose.FIRST_ADMIN, None)
        record_audit(actor=SYSTEM, verb="create", kind="first_admin_link")
    return token


def accept_first_admin(token: str, *, email: str, password: str, display_name: str) -> User:
    """Create (or reset) the operator of the installation; the link is used up."""
    with transaction.atomic():
        link = read_link(token, LinkPurpose.FIRST_ADMIN)
        user = read_user_by_email(email) or create_user(email=email, display_name=display_name)
        user.is_operator, user.is_active = True, True
        user.display_name = display_name.strip() or user.display_name
        user.set_password(password)
        user.save()
        _use(link)
        record_audit(
            actor=Actor("user", user.pk, str(user)),
            verb="become_operator",
            kind="user",
            object_id=user.pk,
            label=str(user),
        )
    return user


def deactivate_person(user_id: int, *, actor: Actor) -> None:
    """Shut a person out at once: no sign-in, all sessions ended.

    Raises:
        LastOperatorError: Nobody else could run the installation.
    """
    with transaction.atomic():
        user = _locked(user_id)
        user.is_active = False
        user.save(update_fields=["is_active"])
        if user.is_operator and not has_operator():
            raise LastOperatorError
        end_sessions(user_id, actor=actor)
        record_audit(
            actor=actor, verb="deactivate", kind="user", object_id=user.pk, label=str(user)
        )


def activate_person(user_id: int, *, actor: Actor) -> None:
    """Let a person in again."""
    with transaction.atomic():
        user = _locked(user_id)
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_audit(actor=actor, verb="activate", kind="user", object_id=user.pk, label=str(user))


def end_sessions(user_id: int, *, actor: Actor) -> int:
    """End every session of a person; return how many."""
    from allauth.usersessions.models import UserSession

    keys = list(UserSession.objects.filter(user_id=user_id).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user_id=user_id).delete()
    record_audit(
        actor=actor,
        verb="end_sessions",
        kind="user",
        object_id=user_id,
        after={"sessions": len(keys)},
    )
    return len(keys)


def update_profile(user: User, *, display_name: str, language: str, actor: Actor) -> None:
    """Change name and language of a person."""
    with transaction.atomic():
        before = {"display_name": user.display_name, "language": user.language}
        user.display_name, user.language = display_name.strip(), language
        user.save(update_fields=["display_name", "language"])
        record_audit(
            actor=actor,
            verb="update",
            kind="user",
            object_id=user.pk,
            label=str(user),
            before=before,
            after={"display_name": user.display_name, "language": language},
        )


def create_key(
    *,
    tenant_id: int,
    name: str,
    scopes: Iterable[str],
    actor: Actor,
    thing_ids: list[int] | None = None,
    datastream_ids: list[int] | None = None,
    expires_us: int | None = None,
) -> tuple[ApiKey, str]:
    """Create a key and return (row, whole key); the whole key is never seen again.

    Raises:
        KeyLimitError: No right, or one that does not exist.
    """
    chosen = sorted(set(scopes))
    if not chosen or set(chosen) - set(SCOPES):
        raise KeyLimitError
    prefix, whole = new_key()
    with transaction.atomic():
        row = ApiKey.objects.create(
            prefix=prefix,
            sha256=digest(whole),
            tenant_id=tenant_id,
            name=name.strip(),
            scopes=chosen,
            thing_ids=thing_ids,
            datastream_ids=datastream_ids,
            created_us=now_us(),
            created_by_id=actor.actor_id,
            expires_us=expires_us,
        )
        record_audit(
            actor=actor,
            verb="create",
            kind="key",
            object_id=row.pk,
            label=row.name,
            after={"scopes": chosen, "things": thing_ids, "datastreams": datastream_ids},
            tenant_id=tenant_id,
        )
    return row, whole


def rotate_key(
    key_id: int, *, tenant_id: int, overlap_hours: int, actor: Actor
) -> tuple[ApiKey, str]:
    """Make a successor with the same rights; the old key works on for the overlap: no gap."""
    with transaction.atomic():
        old = _locked_key(key_id, tenant_id)
        new, whole = create_key(
            tenant_id=tenant_id,
            name=old.name,
            scopes=old.scopes,
            actor=actor,
            thing_ids=old.thing_ids,
            datastream_ids=old.datastream_ids,
            expires_us=old.expires_us,
        )
        hours = max(0, min(overlap_hours, OVERLAP_HOURS_MOST))
        old.valid_until_us, old.replaced_by = now_us() + hours * HOUR_US, new
        old.save(update_fields=["valid_until_us", "replaced_by"])
        record_audit(
            actor=actor,
            verb="rotate",
            kind="key",
            object_id=old.pk,
            label=old.name,
            after={"overlap_hours": hours},
            tenant_id=tenant_id,
        )
        transaction.on_commit(forget_keys)
    return new, whole


def revoke_key(key_id: int, *, tenant_id: int, actor: Actor) -> None:
    """Refuse a key from now on (other processes follow within 5 seconds)."""
    with transaction.atomic():
        row = _locked_key(key_id, tenant_id)
        row.revoked_us = row.revoked_us or now_us()
        row.save(update_fields=["revoked_us"])
        record_audit(
            actor=actor,
            verb="revoke",
            kind="key",
            object_id=row.pk,
            label=row.name,
            tenant_id=tenant_id,
        )
        transaction.on_commit(forget_keys)


def _new_link(purpose: LinkPurpose, user: User | None) -> str:
    token = secrets.token_urlsafe(32)
    now = now_us()
    OneTimeLink.objects.create(
        sha256=digest(token),
        purpose=purpose,
        user=user,
        created_us=now,
        expires_us=now + LINK_HOURS[purpose] * HOUR_US,
    )
    return token


def _use(link: OneTimeLink) -> None:
    link.used_us = now_us()
    link.save(update_fields=["used_us"])


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return user


def _locked_key(key_id: int, tenant_id: int) -> ApiKey:
    row = ApiKey.objects.select_for_update().filter(pk=key_id, tenant_id=tenant_id).first()
    if row is None:
        raise NotFoundError
    return row
