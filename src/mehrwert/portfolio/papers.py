"""What the room says in council papers of the room ``evaluation``."""

from typing import Any

from mehrwert.portfolio import queries
from mehrwert.portfolio.presenting.duties import duty_sentence


def duties(row: Any) -> tuple[str, ...]:
    """Return the duties that the project behind an evaluation serves, checked or not (PF-72)."""
    if row.project is None:
        return ()
    return tuple(duty_sentence(one) for one in queries.list_duties(row.project))
