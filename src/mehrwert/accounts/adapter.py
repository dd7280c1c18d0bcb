"""How allauth is fitted into the house: nobody signs themselves up, secrets are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mehrwert.accounts.errors import SealBrokenError
from mehrwert.accounts.mail import send_in_background, sender_address
from mehrwert.accounts.models import User
from mehrwert.accounts.queries import read_user_by_email
from mehrwert.base.secrets_file import seal, unseal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by address and password for people who were invited."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Adresse oder Passwort stimmen nicht."),
        "enter_current_password": _("Das jetzige Passwort stimmt nicht."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr."),
        "too_many_login_attempts": _(
            "Zu viele Versuche. Bitte warten Sie fünf Minuten und versuchen Sie es dann noch "
            "einmal."
        ),
        "rate_limited": _("Zu viele Versuche. Bitte warten Sie einen Augenblick."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: people come by invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the start page in the person's own language."""
        return in_language_of(request.user, settings.LOGIN_REDIRECT_URL)

    def get_from_email(self) -> str:
        """Return the sender that the operator set."""
        return sender_address()

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is written."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a text mail in the language of its reader."""
        with translation.override(getattr(context.get("user"), "language", "") or "de"):
            subject = render_to_string(f"{template_prefix}_subject.txt", context).strip()
            body = render_to_string(f"{template_prefix}_message.txt", context).strip()
        message = EmailMessage(subject, f"{body}\n", self.get_from_email(), [email])
        send_in_background(message)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets are sealed with a key beside the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Der Code stimmt nicht. Er wechselt alle 30 Sekunden."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return seal(text, settings.DATA_DIR)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret from the database."""
        try:
            return unseal(encrypted_text, settings.DATA_DIR)
        except ValueError as error:
            raise SealBrokenError from error


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An OpenID provider signs in people who are known here by a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: the provider creates nobody."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the first sign-in with the person of the same address.

        Only an address that the provider calls verified counts: otherwise anybody who may type
        an address there could become somebody else here.
        """
        if sociallogin.is_existing:
            return
        for address in sociallogin.email_addresses:
            user = read_user_by_email(address.email) if address.verified else None
            if user is not None:
                sociallogin.connect(request, user)
                return


def in_language_of(user: Any, url: str) -> str:
    """Return an address in the language that a person chose."""
    chosen = user.language if isinstance(user, User) else ""
    return translate_url(url, chosen) if chosen else url
