"""Trying a binding on a recorded message, before anything is stored."""

from collections.abc import Mapping
from typing import Any

from mehrwert.intake.rules.extraction import Extracted, ExtractionError, extract, extraction_of


def try_binding(
    description: Mapping[str, Any], topic: str, body: str
) -> tuple[list[Extracted], str]:
    """Return the readings a message would give, and ``code:text`` of what is wrong with it."""
    try:
        return extract(body, topic, extraction_of(description)), ""
    except ExtractionError as error:
        return [], str(error)
