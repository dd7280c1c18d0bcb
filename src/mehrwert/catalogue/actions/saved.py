"""A person keeps a search, is told of new and changed hits, takes note, lets go (CAT-112)."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from mehrwert.accounts.actions import send_mail
from mehrwert.accounts.errors import MailFailedError, MailNotSetUpError
from mehrwert.accounts.models import User
from mehrwert.base.clock import now_us
from mehrwert.catalogue.errors import TooManySearchesError
from mehrwert.catalogue.models import SavedSearch
from mehrwert.catalogue.queries.saved import list_names, read_hits

MOST = 20
SHOWN = 10


def save_search(user_id: int, query: str, name: str) -> SavedSearch:
    """Keep a list; what it holds now counts as seen. The same list is kept once.

    Raises:
        TooManySearchesError: The person has twenty already.
    """
    kept = SavedSearch.objects.filter(user_id=user_id)
    row = kept.filter(query=query[:1000]).first()
    if row is not None:
        return row
    if kept.count() >= MOST:
        raise TooManySearchesError(limit=MOST)
    now = now_us()
    return SavedSearch.objects.create(
        user_id=user_id,
        name=name[:200],
        query=query[:1000],
        seen=read_hits(query[:1000]),
        created_us=now,
        looked_us=now,
    )


def take_note(row: SavedSearch) -> None:
    """Count what a list holds now as seen."""
    row.seen, row.news, row.told = read_hits(row.query), [], []
    row.looked_us = now_us()
    row.save()


def forget_search(row: SavedSearch) -> None:
    """Let a saved search go."""
    row.delete()


def look_for_news() -> int:
    """Find new and changed hits of all saved searches and tell people; return how many mails."""
    by_user: dict[int, list[SavedSearch]] = {}
    for row in SavedSearch.objects.order_by("user_id", "pk").iterator(chunk_size=200):
        now = read_hits(row.query)
        row.news = sorted(int(key) for key, version in now.items() if row.seen.get(key) != version)
        row.save(update_fields=["news"])
        if set(row.news) - set(row.told):
            by_user.setdefault(row.user_id, []).append(row)
    return sum(_tell(user_id, rows) for user_id, rows in by_user.items())


def _tell(user_id: int, rows: list[SavedSearch]) -> int:
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        return 0
    with translation.override(person.language or "de"):
        try:
            send_mail(person.email, gettext("Mehrwert: Neues zu Ihren Suchen"), _text(rows))
        except (MailNotSetUpError, MailFailedError):
            return 0
    for row in rows:
        row.told = row.news
        row.save(update_fields=["told"])
    return 1


def _text(rows: list[SavedSearch]) -> str:
    base = str(settings.MEHRWERT.public_url).rstrip("/")
    lines = [gettext("Neue und geänderte Lösungen in den Listen, denen Sie folgen:")]
    for row in rows:
        lines += ["", row.name]
        names = list_names(sorted(set(row.news) - set(row.told)))
        lines += [f"- {name}" for name, _slug in names[:SHOWN]]
    return "\n".join([*lines, "", f"{base}{reverse('catalogue:saved')}"])
