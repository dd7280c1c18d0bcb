"""Invented readings of a package, for invented towns only."""

from collections.abc import Collection

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import ForbiddenError
from mehrwert.observations.actions import ReadingBatch, WriteContext, record_observations
from mehrwert.starters.actions.installing import DOOR
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.library import bundled_package
from mehrwert.starters.models import Installation
from mehrwert.starters.trial import demo_readings


def load_demo_readings(
    row: Installation,
    *,
    actor: Actor,
    at_us: int | None = None,
    things: Collection[str] = (),
) -> int:
    """Store the demo data of a running package; return how many readings are new.

    Args:
        row: A running package.
        actor: Who loads them.
        at_us: From when the ages of the readings count back; now without.
        things: Keys of the stations of the package that are meant; all without.

    Raises:
        ForbiddenError: The municipality is real: invented values must not get into its series.
    """
    if not row.is_demo:
        raise ForbiddenError
    readings = demo_readings(bundled_package(row.slug), row.parameters, at_us or now_us())
    wanted = [key for key in readings if not things or key.split("/")[1] in things]
    pieces = row.pieces.filter(kind=PieceKind.SERIES.value, key__in=wanted)
    ids = dict(pieces.values_list("key", "object_id"))
    context = WriteContext(row.tenant_id, DOOR, actor)
    batches = [
        ReadingBatch(series_id, *readings[key]) for key, series_id in ids.items() if series_id
    ]
    return record_observations(context, batches).created if batches else 0
