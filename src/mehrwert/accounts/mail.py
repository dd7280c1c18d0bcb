"""Mail: the settings that an operator made on a page, and the backend that sends with them.

``EMAIL_BACKEND`` names ``SettingsBackend``. Any other backend (console, tests) counts as set up.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import connections

from mehrwert.accounts.errors import MailHostNotAllowedError, MailNotSetUpError
from mehrwert.base.errors import MehrwertError
from mehrwert.base.queries import read_setting
from mehrwert.base.secrets_file import unseal

log = logging.getLogger("mehrwert.accounts")
SETTING = "mail"
OWN_BACKEND = "mehrwert.accounts.mail.SettingsBackend"
TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail goes out; ``security`` is starttls, tls or none, ``sealed_password`` encrypted."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    username: str = ""
    sealed_password: str = ""
    sender: str = ""

    def as_setting(self) -> dict[str, Any]:
        """Return the values as they are stored."""
        return asdict(self)


def read_mail_settings() -> MailSettings:
    """Return what the operator set, empty before that."""
    return MailSettings(**(read_setting(SETTING) or {}))


def is_mail_ready() -> bool:
    """Say whether mail can be sent at all."""
    return settings.EMAIL_BACKEND != OWN_BACKEND or bool(read_mail_settings().host)


def sender_address() -> str:
    """Return whom mails come from."""
    return read_mail_settings().sender or settings.DEFAULT_FROM_EMAIL


def check_host_is_allowed(host: str) -> None:
    """Refuse a mail server that the option ``outgoing_hosts`` does not name.

    Raises:
        MailHostNotAllowedError: It is not on the list.
    """
    if host not in settings.MEHRWERT.outgoing_hosts:
        raise MailHostNotAllowedError(host=host)


_post = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def send_in_background(message: EmailMessage) -> "Future[None]":
    """Send a mail beside the answer; a failure is logged.

    Whether and how fast an answer comes must not tell if an address is known here.
    """
    return _post.submit(_send, message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError, ValueError, MehrwertError) as error:
        log.warning("mail_failed", extra={"reason": type(error).__name__})
    finally:
        connections.close_all()


class SettingsBackend(EmailBackend):
    """SMTP with the operator's settings, read anew for each connection."""

    def __init__(self, fail_silently: bool = False, **given: Any) -> None:
        chosen = read_mail_settings()
        if not chosen.host:
            raise MailNotSetUpError
        check_host_is_allowed(chosen.host)
        sealed = chosen.sealed_password
        super().__init__(
            host=chosen.host,
            port=chosen.port,
            username=chosen.username,
            password=unseal(sealed, settings.DATA_DIR) if sealed else "",
            use_tls=chosen.security == "starttls",
            use_ssl=chosen.security == "tls",
            timeout=TIMEOUT_S,
            fail_silently=fail_silently,
        )
