"""The first start: an empty installation says how somebody becomes its administrator."""

import sys

from django.conf import settings

from mehrwert.accounts.actions import create_first_admin_link
from mehrwert.accounts.queries import first_admin_url, has_operator, read_base_url

LOCAL = "http://127.0.0.1:8000"
TEXT = """
Mit diesem Link übernehmen Sie die Administration dieser Installation.
Er gilt einmal und 24 Stunden lang:

  {url}
"""


def announce(base_url: str) -> None:
    """Print the link for the first administrator when nobody runs the installation yet.

    Called once before the doors open. The demo and the conformance server bring their own people.

    Args:
        base_url: Where the server listens, for installations without the option ``public_url``.
    """
    if settings.MEHRWERT.demo or settings.MEHRWERT.conformance or has_operator():
        return
    sys.stdout.write(link_text(read_base_url() or base_url))
    sys.stdout.flush()


def link_text(base_url: str) -> str:
    """Make a new link and return what is printed; earlier links stop working."""
    return TEXT.format(url=first_admin_url(create_first_admin_link(), base_url))
