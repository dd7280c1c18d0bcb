"""What a funder asks for, from own values: nothing is entered twice (PF-116, EVI-26)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from mehrwert.portfolio.models import Funding, Indicator, IndicatorValue, IndicatorVersion
from mehrwert.portfolio.queries.indicators import newest_of_each, plain_versions, standing
from mehrwert.portfolio.rules.indicators import Mapped, break_between, map_for_funder


@dataclass(frozen=True, slots=True)
class FunderValue:
    """One field of the funder with its value, or why it is open.

    Attributes:
        name, unit: As the funder writes them.
        value: In the funder's unit; ``None`` is open.
        own: Current definition of the own indicator, ``None`` where none is mapped.
        factor, rule: How it was turned into the field.
        n_values: Own values of the period.
        is_broken: The definition changed within the period, so months may not be added up.
    """

    name: str
    unit: str
    value: float | None
    own: IndicatorVersion | None
    factor: str
    rule: str
    n_values: int
    is_broken: bool


def read_funder_values(funding: Funding, first: date, last: date) -> list[FunderValue]:
    """Return the funder's fields in their order, for periods that begin within two days."""
    keys = {one["indicator"] for one in funding.fields if one["indicator"]}
    rows = Indicator.objects.select_related("current").filter(
        project=funding.project_id, key__in=keys
    )
    indicators = {row.key: row for row in rows}
    versions: dict[int, list[IndicatorVersion]] = {}
    for version in IndicatorVersion.objects.filter(indicator__in=rows).order_by("number"):
        versions.setdefault(version.indicator_id, []).append(version)
    broken = {
        key
        for key, row in indicators.items()
        if break_between(plain_versions(versions.get(row.pk, [])), first, last)
    }
    values = {
        key: [] if key in broken else found for key, found in _values(rows, first, last).items()
    }
    mapped = [
        Mapped(one["name"], one["indicator"], Fraction(one["factor"]), one["rule"])
        for one in funding.fields
    ]
    results = map_for_funder(mapped, values)
    return [
        FunderValue(
            name=one["name"],
            unit=one["unit"],
            value=results[one["name"]],
            own=indicators[one["indicator"]].current if one["indicator"] in indicators else None,
            factor=one["factor"],
            rule=one["rule"],
            n_values=len(values.get(one["indicator"], ())),
            is_broken=one["indicator"] in broken,
        )
        for one in funding.fields
    ]


def read_template(funding: Funding) -> Funding | None:
    """Return the newest other funding of the same programme whose fields are known (EVI-26).

    Whoever wrote down once what a funder asks for has it as a template for the next project.
    """
    rows = Funding.objects.select_related("project").exclude(pk=funding.pk)
    rows = rows.filter(programme__iexact=funding.programme)
    return next((one for one in rows.order_by("-pk")[:20] if one.fields), None)


def _values(rows: "QuerySet[Indicator]", first: date, last: date) -> dict[str, list[float]]:
    """Return indicator key → the newest value of each period in order; one statement."""
    inside = IndicatorValue.objects.filter(
        version__indicator__in=rows, period__gte=first, period__lte=last
    )
    picked = newest_of_each(inside, "version__indicator").select_related("version__indicator")
    by_key: dict[str, list[float]] = {}
    for one in standing(picked, lambda value: value.version.indicator_id):
        if one.value is not None:
            by_key.setdefault(one.version.indicator.key, []).append(one.value)
    return by_key
