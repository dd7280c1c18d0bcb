"""Keeps what a history says of the repository of a solution."""

import json
from dataclasses import asdict
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.catalogue.models import Solution
from mehrwert.connectors.repositories.choices import Way
from mehrwert.connectors.repositories.errors import NoHistoryError
from mehrwert.connectors.repositories.models import RepositoryReading
from mehrwert.connectors.repositories.rules import History, figures_of, parse_history

MOST_BYTES = 20 * 1_048_576


def store_document(solution: Solution, data: bytes, way: Way, *, actor: Actor) -> RepositoryReading:
    """Keep the figures of a history that came as JSON; what is wrong is kept as trouble.

    Raises:
        NoHistoryError: The document is none; the figures before stay.
    """
    try:
        try:
            given: Any = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise NoHistoryError(reason="Es ist kein JSON.") from error
        history = parse_history(given)
    except MehrwertError as error:
        note_trouble(solution, way, str(error))
        raise
    return store_history(solution, history, way, actor=actor)


def store_history(
    solution: Solution, history: History, way: Way, *, actor: Actor
) -> RepositoryReading:
    """Keep the figures of a history, not the history: it may name people."""
    figures = figures_of(history)
    with transaction.atomic():
        row, _ = RepositoryReading.objects.update_or_create(
            solution=solution,
            defaults={
                "way": way,
                "read_on": figures.read_on,
                "figures": {**asdict(figures), "read_on": figures.read_on.isoformat()},
                "trouble": "",
                "tried_us": now_us(),
            },
        )
        record_audit(
            actor=actor,
            verb="record",
            kind="repository",
            object_id=solution.pk,
            label=solution.name,
            after={"read_on": figures.read_on.isoformat(), "way": way},
            tenant_id=solution.owner_tenant_id,
        )
    return row


def note_trouble(solution: Solution, way: Way, trouble: str) -> None:
    """Keep why a reading failed; figures of before stay with their date (CAT-305)."""
    row = RepositoryReading.objects.filter(solution=solution).first()
    row = row or RepositoryReading(solution=solution, way=way)
    row.trouble, row.tried_us = trouble[:300], now_us()
    row.save()
