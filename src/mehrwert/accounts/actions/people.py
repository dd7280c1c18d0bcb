"""Everything that changes people and their sessions."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from mehrwert.accounts.errors import AddressTakenError, LastOperatorError
from mehrwert.accounts.models import OneTimeLink, User
from mehrwert.accounts.queries import has_operator, read_user_by_email
from mehrwert.base.actions import record_audit
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.rows import first_of

KEEP_LINKS_US = 30 * 24 * 3_600_000_000


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
        _audit(actor, "deactivate", user)


def activate_person(user_id: int, *, actor: Actor) -> None:
    """Let a person in again."""
    with transaction.atomic():
        user = _locked(user_id)
        user.is_active = True
        user.save(update_fields=["is_active"])
        _audit(actor, "activate", user)


def set_operator(user_id: int, *, is_operator: bool, actor: Actor) -> None:
    """Let a person run the installation, or no longer.

    Raises:
        LastOperatorError: Nobody else could run the installation.
    """
    with transaction.atomic():
        user = _locked(user_id)
        user.is_operator = is_operator
        user.save(update_fields=["is_operator"])
        if not has_operator():
            raise LastOperatorError
        _audit(actor, "make_operator" if is_operator else "unmake_operator", user)


def end_sessions(user_id: int, *, actor: Actor, keep_key: str = "") -> int:
    """End every session of a person and return how many; ``keep_key`` is spared."""
    with transaction.atomic():
        rows = UserSession.objects.filter(user_id=user_id).exclude(session_key=keep_key)
        keys = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
        record_audit(
            actor=actor,
            verb="end_sessions",
            kind="user",
            object_id=user_id,
            after={"sessions": len(keys)},
        )
    return len(keys)


def end_session(user_id: int, session_id: int, *, actor: Actor) -> None:
    """End one session of a person.

    Raises:
        NotFoundError: No such session, or somebody else's.
    """
    with transaction.atomic():
        row = UserSession.objects.filter(pk=session_id, user_id=user_id).first()
        if row is None:
            raise NotFoundError
        Session.objects.filter(session_key=row.session_key).delete()
        row.delete()
        record_audit(
            actor=actor,
            verb="end_sessions",
            kind="user",
            object_id=user_id,
            after={"sessions": 1},
        )


def remove_second_factor(user_id: int, *, actor: Actor) -> bool:
    """Take the second factor and its recovery codes from a person; say whether there was one."""
    with transaction.atomic():
        user = _locked(user_id)
        count, _ = Authenticator.objects.filter(user_id=user_id).delete()
        if count:
            _audit(actor, "remove_second_factor", user)
    return bool(count)


def note_account_event(user: User, verb: str) -> None:
    """Write down what a person did with their own account through allauth."""
    _audit(Actor("user", user.pk, str(user)), verb, user)


def clear_old_sign_ins() -> None:
    """Delete sessions that have ended and links that stopped working 30 days ago."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    running = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=running).delete()
    OneTimeLink.objects.filter(expires_us__lt=now_us() - KEEP_LINKS_US).delete()


def list_session(request: HttpRequest) -> None:
    """Put the session of a request on the list that its person sees and an operator can end."""
    UserSession.objects.create_from_request(request)


def _audit(actor: Actor, verb: str, user: User) -> None:
    record_audit(actor=actor, verb=verb, kind="user", object_id=user.pk, label=str(user))


def _locked(user_id: int) -> User:
    """Return one person, locked together with all operators: two cannot unmake each other."""
    list(User.objects.select_for_update().filter(is_operator=True).values_list("pk"))
    return first_of(User.objects.select_for_update().filter(pk=user_id), NotFoundError)
