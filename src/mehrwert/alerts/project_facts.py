"""What the room tells the report of a project; named in the wiring."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from mehrwert.alerts.models import Alert


def count_of_series(
    datastream_ids: Sequence[int], start_us: int, end_us: int
) -> list[tuple[str, str]]:
    """Return how many alerts of these series began in ``[start, end)``; nothing without series."""
    if not datastream_ids:
        return []
    rows = Alert.objects.filter(
        datastream_id__in=datastream_ids, began_us__gte=start_us, began_us__lt=end_us
    )
    n, n_open = rows.count(), rows.filter(ended_us=None).count()
    words = ngettext("%(n)d Meldung", "%(n)d Meldungen", n) % {"n": n}
    if n_open:
        words += ", " + gettext("%(n)d dauern an") % {"n": n_open}
    return [(gettext("Meldungen im Zeitraum"), words)]
