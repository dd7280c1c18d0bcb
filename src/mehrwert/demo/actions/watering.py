"""The watering books of the story: of the town itself and of three neighbours. All invented."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mehrwert.base.actor import Actor
from mehrwert.demo import evaluations as told
from mehrwert.evaluation import actions as evaluation
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import begins_us, plan_of
from mehrwert.observations import actions as observations

from .evaluations import SOURCE, monthly_stream, write_context

NEIGHBOURS = ("Erlbach", "Hohenried", "Lindenau")
# town → effect on the log scale, seed of chance
BOOKS = {"auental": (-0.17, 23), "quellrode": (-0.24, 31)}
FIELDS = {
    "name": "Gießwasser",
    "unit_name": "Kubikmeter je Tag",
    "unit_symbol": "m³/Tag",
    "source": SOURCE,
    "licence": "CC0-1.0",
    "credit": "Demo",
}


def add_neighbours(row: Evaluation, *, actor: Actor) -> Evaluation:
    """Let three neighbours without probes note their watering, and compare with them."""
    context = write_context(row.tenant_id)
    streams = [
        monthly_stream(
            context, f"geschichte/{name}", thing=f"{name}: Gießwasser (erfunden)", fields=FIELDS
        )
        for name in NEIGHBOURS
    ]
    plan = replace(plan_of(row), comparisons=dict(zip(streams, NEIGHBOURS, strict=True)))
    return evaluation.update_plan(row, plan, solution=row.solution, actor=actor)


def write_books(row: Evaluation, slug: str, *, until_start: bool) -> None:
    """Write what was noted: two years before the start, or the year after it too.

    Args:
        row: The evaluation with its comparison places.
        slug: Of the town.
        until_start: Only what was noted before full operation began.
    """
    plan = plan_of(row)
    effect, seed = BOOKS.get(slug, BOOKS["auental"])
    story = replace(told.STORIES[0], effect=effect, seed=seed, noise=0.1)
    last = plan.start_month if until_start else plan.last_month + 1
    months = np.arange(plan.first_month, last)
    streams: Sequence[int] = (plan.datastream_id, *plan.comparisons)
    batches = [
        observations.ReadingBatch(
            stream,
            [begins_us(int(month)) for month in months],
            told.values_of(story, months, place=place, start=plan.start_month),
        )
        for place, stream in enumerate(streams)
    ]
    observations.record_observations(write_context(row.tenant_id), batches)
