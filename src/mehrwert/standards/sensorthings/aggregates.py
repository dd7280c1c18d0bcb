"""Extensions for readings of one series: ``$apply`` per bucket, ``$decimate`` for charts."""

from typing import Any

import numpy as np

from mehrwert.observations.queries import Buckets, BucketSize, read_bucket_columns, read_chart
from mehrwert.observations.queries.tree import Compare, Expression, Path, Period, parts_of

from .errors import BadOptionError
from .mapping import number, number_texts
from .options import Aggregation, Options
from .times import format_instant, format_instants, format_time

_ALLOWED = frozenset({"$apply", "$decimate", "$filter", "$resultFormat"})
CHART = ("phenomenonTime", "min", "max", "mean", "n")


def check(options: Options, *, is_series: bool) -> None:
    """Refuse what these extensions do not understand.

    Raises:
        BadOptionError: Not the readings of one series, or together with other options.
    """
    name = "$apply" if options.apply else "$decimate"
    if not is_series or (options.apply and options.points):
        raise BadOptionError(option=name)
    for given, _ in options.given:
        if given not in _ALLOWED:
            raise BadOptionError(option=f"{name}, {given}")
    if options.format not in {"", "dataArray"}:
        raise BadOptionError(option=f"{name}, $resultFormat")


def aggregated(tenant_id: int, series: int, options: Options, plan: Aggregation) -> bytes:
    """Return what was asked per bucket that holds readings, as JSON.

    Written column by column: a year of hours are 8,760 buckets.

    Raises:
        BadOptionError: The condition is more than a range of time.
        TooManyBucketsError: The buckets are too small for the range.
    """
    size = BucketSize(plan.unit, plan.width_us, plan.zone)
    span = _range(options.filter)
    buckets = read_bucket_columns(tenant_id, series, size, *span)
    if buckets is None:
        return b'{"value":[]}'
    columns = {"phenomenonTime": _spans(buckets)}
    for name, method in plan.values:
        columns[name] = number_texts(getattr(buckets, method))
    # names are plain words: the grammar takes no others
    template = "{" + ",".join(f'"{name}":%s' for name in columns) + "}"
    rows = map(template.__mod__, zip(*columns.values(), strict=True))
    return f'{{"value":[{",".join(rows)}]}}'.encode()


def _spans(buckets: Buckets) -> list[str]:
    """Return beginning and end of each bucket; most end where the next one begins."""
    edges, places = np.unique([buckets.start_us, buckets.end_us], return_inverse=True)
    texts = format_instants(edges)
    starts, ends = places.reshape(2, -1).tolist()
    return [f'"{texts[start]}/{texts[end]}"' for start, end in zip(starts, ends, strict=True)]


def decimated(root: str, tenant_id: int, series: int, options: Options) -> dict[str, Any]:
    """Return at most about so many points with minimum and maximum, as DataArray."""
    chart = read_chart(tenant_id, series, *_range(options.filter), options.points)
    columns = (chart.t, chart.min, chart.max, chart.mean, chart.n)
    rows = [
        [_time(t, chart.width_us), number(low), number(high), number(mean), n]
        for t, low, high, mean, n in zip(*(c.tolist() for c in columns), strict=True)
    ]
    group = {
        "Datastream@iot.navigationLink": f"{root}/Datastreams({series})",
        "components": CHART,
        "dataArray@iot.count": len(rows),
        "dataArray": rows,
    }
    return {"value": [group]}


def _time(start_us: int, width_us: int) -> str:
    return format_time(start_us, start_us + width_us) if width_us else format_instant(start_us)


def _range(condition: Expression | None) -> tuple[int | None, int | None]:
    """Return ``[start, end)`` of a condition that is nothing but a range of time."""
    start: int | None = None
    end: int | None = None
    for part in parts_of(condition):
        bound = _bound(part)
        if bound is None:
            raise BadOptionError(option="$filter")
        at, is_start = bound
        if is_start:
            start = at if start is None else max(start, at)
        else:
            end = at if end is None else min(end, at)
    return start, end


def _bound(part: Expression) -> tuple[int, bool] | None:
    """Return a bound and whether it is the beginning."""
    if not isinstance(part, Compare) or part.left != Path("time"):
        return None
    if not isinstance(part.right, Period) or part.right.end_us is not None:
        return None
    at = part.right.start_us
    bounds = {"ge": (at, True), "gt": (at + 1, True), "lt": (at, False), "le": (at + 1, False)}
    return bounds.get(part.operator)
