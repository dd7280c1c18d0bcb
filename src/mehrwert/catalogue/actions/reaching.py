"""Looks whether the pages that entries name are still there (CAT-306)."""

from django.conf import settings

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.errors import ForeignServerError, HostNotAllowedError, MehrwertError
from mehrwert.base.outgoing_http import Question, fetch
from mehrwert.catalogue.models import LinkCheck
from mehrwert.catalogue.queries import list_addresses

A_RUN = 300
MOST_BYTES = 65_536
GONE_FROM = 400
# the page is there, it only does not want this question
THERE = frozenset({401, 403, 405, 406, 429})


def check_links(most: int = A_RUN) -> int:
    """Look at the addresses that waited longest; return how many do not answer.

    Only hosts of the option ``outgoing_hosts`` are asked; without any, nothing happens. What an
    entry says is never changed by this.
    """
    if not settings.MEHRWERT.outgoing_hosts:
        return 0
    gone = 0
    for url in list_addresses(most):
        is_there = _answers(url)
        if is_there is None:
            continue
        row = LinkCheck.objects.filter(url=url).first() or LinkCheck(url=url)
        row.checked_us = now_us()
        if is_there:
            row.gone_since = None
        else:
            row.gone_since = row.gone_since or from_us(now_us()).date()
            gone += 1
        row.save()
    return gone


def _answers(url: str) -> bool | None:
    """Say whether a page answers, None where it must not be asked."""
    try:
        answer = fetch(Question(url, method="HEAD", most_bytes=MOST_BYTES))
    except HostNotAllowedError:
        return None
    except ForeignServerError:
        return False
    except MehrwertError:
        return False
    return answer.status < GONE_FROM or answer.status in THERE
