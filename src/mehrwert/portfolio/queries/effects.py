"""Asks the rooms above, through the wiring, what is known of the effect of projects."""

from collections.abc import Sequence

from mehrwert.base.wiring import call, table


def read_effects(project_ids: Sequence[int]) -> dict[int, str]:
    """Return project → one sentence on its effect, in the language of the reader.

    A project that no evaluation belongs to is missing.
    """
    found: dict[int, str] = {}
    for dotted in table("PROJECT_EFFECTS", ()):
        found |= call(dotted)(project_ids)
    return found
