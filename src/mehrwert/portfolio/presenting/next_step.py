"""The one thing a project needs next, in words and with the page where it is done."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from mehrwert.portfolio.choices import GATE_LABELS, ProjectState
from mehrwert.portfolio.models import Project
from mehrwert.portfolio.queries import GateLine

Address = Callable[..., str]
FIRST_GATE = "P1"


def next_step(
    row: Project, gates: Sequence[GateLine], *, today: date, address: Address
) -> dict[str, Any] | None:
    """Return sentence, words of the button and address; None for a project that is over.

    First what makes the effect measurable, since it cannot be made up for later; then dates, then
    the gate that is due.
    """
    if row.state == ProjectState.ENDED:
        return None
    following = next((gate for gate in gates if gate.is_next), None)
    if not row.has_outcome and row.state != ProjectState.LIVE:
        return _step(
            gettext("Woran sieht man später, dass es besser wurde?"),
            gettext("Kennzahl der Wirkung anlegen"),
            address("indicator_new"),
        )
    if following is None:
        return None
    if following.key == FIRST_GATE:
        return _step(
            gettext("Ist der Auftrag da? Dann beginnt die Arbeit, und Berichte werden fällig."),
            gettext("Auftrag festhalten"),
            address("advance", gate=FIRST_GATE),
        )
    if following.planned_on is None and row.state != ProjectState.LIVE:
        return _step(
            gettext("Bis wann soll das nächste Tor erreicht sein?"),
            gettext("Termine planen"),
            address("plan"),
        )
    if following.planned_on is not None and following.planned_on < today:
        return _step(
            gettext("%(gate)s ist überfällig. Ist es geschafft, oder gilt ein neuer Termin?")
            % {"gate": f"{following.key} {gettext(GATE_LABELS[following.key])}"},
            gettext("Termine planen"),
            address("plan"),
        )
    return None


def _step(sentence: str, button: str, url: str) -> dict[str, Any]:
    return {"sentence": sentence, "button": button, "url": url}
