"""Finds rows of the register by what people type."""

import threading

from mehrwert.base.queries import read_setting
from mehrwert.municipalities.models import Municipality
from mehrwert.municipalities.name_index import Hit, NameIndex

MOST_LETTERS = 120
LOADED = "register.loaded"
_lock = threading.Lock()
_kept: dict[str, NameIndex] = {}


def search_municipalities(text: str, limit: int = 10, *, level: str = "") -> list[Hit]:
    """Return rows of the register, best first.

    Args:
        text: Name or part of it, AGS, ARS or the post code of the seat; typing errors are borne.
        limit: How many at most.
        level: Only this level, see ``choices.Level``.
    """
    cut = text.strip()[:MOST_LETTERS]
    return index().search(cut, limit, level=level) if cut else []


def index() -> NameIndex:
    """Return the index of the register that is loaded now; made once per process and release."""
    checksum = str((read_setting(LOADED) or {}).get("checksum", ""))
    found = _kept.get(checksum)
    if found is None:
        with _lock:
            found = _kept.get(checksum) or NameIndex(_rows())
            _kept.clear()
            _kept[checksum] = found
    return found


def warm_search() -> None:
    """Make the index ready before somebody types."""
    index()


def forget_unnamed() -> None:
    """Forget the index of rows that were loaded by no command: for tests."""
    _kept.pop("", None)


def _rows() -> list[Hit]:
    columns = ("level", "ars", "ags", "name_short", "type", "land", "kreis", "verband")
    rows = Municipality.objects.values_list(*columns, "population", "postal_code")
    return [Hit(*row) for row in rows.order_by("level", "ars")]
