"""What the room says in council papers of the room ``evaluation``."""

from django.utils.timezone import localdate
from django.utils.translation import gettext

from mehrwert.evaluation.models import Evaluation
from mehrwert.provision import queries
from mehrwert.provision.presenting import show_project_phase


def phase(row: Evaluation) -> tuple[str, ...]:
    """Return the phase of the project that is judged; nothing when none is linked."""
    if row.project is None:
        return ()
    shown = show_project_phase(queries.phase_of(row.project, today=localdate()))
    sentence = gettext("Phase des Vorhabens nach seinen Daten: %(phase)s.") % {"phase": shown.phase}
    return (sentence, shown.range_words) if shown.range_words else (sentence,)
