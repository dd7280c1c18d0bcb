"""Signals of Django and allauth become rows of the audit log."""

import logging
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from mehrwert.accounts.actions import list_session, note_account_event
from mehrwert.accounts.models import User

log = logging.getLogger("mehrwert.accounts")
FACTOR_VERBS = {
    (Authenticator.Type.TOTP, "added"): "enable_second_factor",
    (Authenticator.Type.TOTP, "removed"): "remove_second_factor",
    (Authenticator.Type.RECOVERY_CODES, "reset"): "renew_recovery_codes",
}


def note_sign_in(*, user: User, request: HttpRequest, **given: Any) -> None:
    """A person signed in, on whatever way: the session can be seen and ended from now on."""
    note_account_event(user, "sign_in")
    if request.META.get("REMOTE_ADDR"):
        list_session(request)


def note_failed_sign_in(*, request: HttpRequest | None = None, **given: Any) -> None:
    """Somebody failed to sign in: for the log, with the client's address and nothing typed."""
    client = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    log.warning("sign_in_failed", extra={"client": client})


def note_changed_password(*, user: User, **given: Any) -> None:
    """A person changed, set or reset their password."""
    note_account_event(user, "change_password")


def note_openid(*, sociallogin: Any, **given: Any) -> None:
    """A person was connected with an account of the OpenID provider."""
    note_account_event(sociallogin.user, "connect_openid")


def _factor_note(what: str) -> Any:
    def note(*, user: User, authenticator: Authenticator, **given: Any) -> None:
        verb = FACTOR_VERBS.get((authenticator.type, what))
        if verb:
            note_account_event(user, verb)

    return note


note_factor_added = _factor_note("added")
note_factor_removed = _factor_note("removed")
note_factor_reset = _factor_note("reset")


def connect() -> None:
    """Listen; called once when the room is ready."""
    user_logged_in.connect(note_sign_in, dispatch_uid="accounts.sign_in")
    user_login_failed.connect(note_failed_sign_in, dispatch_uid="accounts.failed")
    for number, signal in enumerate((password_changed, password_reset, password_set)):
        signal.connect(note_changed_password, dispatch_uid=f"accounts.password.{number}")
    social_account_added.connect(note_openid, dispatch_uid="accounts.openid")
    authenticator_added.connect(note_factor_added, dispatch_uid="accounts.factor.added")
    authenticator_removed.connect(note_factor_removed, dispatch_uid="accounts.factor.removed")
    authenticator_reset.connect(note_factor_reset, dispatch_uid="accounts.factor.reset")
