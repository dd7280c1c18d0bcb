"""Addresses that entries name, and which of them nobody answers at."""

from collections.abc import Iterable
from datetime import date

from mehrwert.catalogue.models import LinkCheck, SolutionSource


def list_addresses(most: int) -> list[str]:
    """Return addresses of sources of public entries, those first that nobody looked at longest."""
    rows = SolutionSource.objects.filter(
        solution__is_public=True, solution__is_withdrawn=False, url__startswith="http"
    )
    urls = sorted(set(rows.values_list("url", flat=True)))
    seen = dict(LinkCheck.objects.values_list("url", "checked_us"))
    return sorted(urls, key=lambda url: (seen.get(url, 0), url))[:most]


def read_gone(urls: Iterable[str]) -> dict[str, date]:
    """Return since when nobody answers, for those addresses where that is so."""
    rows = LinkCheck.objects.filter(url__in=list(urls)).exclude(gone_since=None)
    return {url: day for url, day in rows.values_list("url", "gone_since") if day}
