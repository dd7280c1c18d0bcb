"""Everything that changes how mail goes out, and what is sent from here."""

from collections.abc import Callable
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from mehrwert.accounts.errors import MailFailedError, MailNotSetUpError
from mehrwert.accounts.mail import (
    SETTING,
    MailSettings,
    check_host_is_allowed,
    is_mail_ready,
    read_mail_settings,
    sender_address,
)
from mehrwert.accounts.models import User
from mehrwert.base.actions import set_setting
from mehrwert.base.actor import Actor
from mehrwert.base.secrets_file import seal


def save_mail_settings(chosen: MailSettings, *, password: str | None, actor: Actor) -> None:
    """Store how mail goes out.

    Args:
        chosen: The settings without password.
        password: The new password, empty for none, ``None`` to keep the old one.
        actor: Who changes it.

    Raises:
        MailHostNotAllowedError: The option ``outgoing_hosts`` does not name the server.
    """
    check_host_is_allowed(chosen.host)
    values = chosen.as_setting()
    if password is None:
        values["sealed_password"] = read_mail_settings().sealed_password
    else:
        values["sealed_password"] = seal(password, settings.DATA_DIR) if password else ""
    set_setting(SETTING, values, actor=actor)


def send_test_mail(user: User) -> None:
    """Send a person a mail that shows that sending works.

    Raises:
        MailFailedError: The server refused or cannot be reached; the reason is in the sentence.
    """
    _send(user, "accounts/mail/test", {})


def send_invitation(user: User, url: str) -> bool:
    """Send the link of an invitation; say whether mail is set up.

    Raises:
        MailFailedError: The server refused or cannot be reached.
    """
    if not is_mail_ready():
        return False
    _send(user, "accounts/mail/invitation", {"url": url})
    return True


def ready_mail(address: str, subject: str, body: str) -> Callable[[], None]:
    """Return what sends one mail of plain text, in any thread: it asks no database any more.

    Raises:
        MailNotSetUpError: The operator has not set up mail yet.
        MailHostNotAllowedError: The option ``outgoing_hosts`` does not name the server any more.

    What is returned raises ``MailFailedError``: the server refused or cannot be reached.
    """
    if not is_mail_ready():
        raise MailNotSetUpError
    mail = EmailMessage(
        subject, f"{body}\n", sender_address(), [address], connection=get_connection()
    )
    return partial(_hand_over, mail)


def send_mail(address: str, subject: str, body: str) -> None:
    """Send one mail of plain text.

    Raises:
        MailNotSetUpError: The operator has not set up mail yet.
        MailHostNotAllowedError: The option ``outgoing_hosts`` does not name the server any more.
        MailFailedError: The server refused or cannot be reached.
    """
    ready_mail(address, subject, body)()


def _send(user: User, template: str, values: dict[str, str]) -> None:
    with translation.override(user.language or "de"):
        subject = render_to_string(f"{template}_subject.txt", {"user": user}).strip()
        body = render_to_string(f"{template}_message.txt", {"user": user, **values}).strip()
    _deliver(user.email, subject, body)


def _deliver(address: str, subject: str, body: str) -> None:
    _hand_over(EmailMessage(subject, f"{body}\n", sender_address(), [address]))


def _hand_over(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as error:
        raise MailFailedError(reason=str(error)[:200]) from error
