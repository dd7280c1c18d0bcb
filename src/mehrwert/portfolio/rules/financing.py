"""The funding cliff, the split by spatial level, the end before a commitment (PF-151 … PF-156)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mehrwert.portfolio.rules.periods import add_months

CENT = Decimal("0.01")
LEVELS = ("municipality", "neighbours", "land", "federal")


@dataclass(frozen=True, slots=True)
class Funded:
    """One funding of running cost.

    Args:
        key: What it belongs to, e.g. the id of a project.
        running_eur: Running cost per year.
        share: Funded share of it, 0 to 1.
        ends_on: Last funded day.
        is_decided: Whether somebody decided how it goes on.
    """

    key: str
    running_eur: Decimal
    share: Decimal
    ends_on: date
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class Cliff:
    """What is lost: per year, and within the time looked ahead.

    ``share`` is the part of a year's running cost that is lost and not decided; None without cost.
    """

    by_year: Mapping[int, Decimal]
    ahead_eur: Decimal
    undecided_eur: Decimal
    running_eur: Decimal
    share: Decimal | None
    is_warning: bool


def cents(amount: Decimal) -> Decimal:
    """Return an amount rounded to the cent, halves up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def lost_between(one: Funded, start: date, end: date) -> Decimal:
    """Return the euros not funded any more in ``[start, end)``, exact to the day, unrounded.

    Each day costs its year's 365th or 366th part.
    """
    total = Decimal(0)
    for year in range(start.year, end.year + 1):
        first = max(start, date(year, 1, 1), one.ends_on + timedelta(days=1))
        last = min(end, date(year + 1, 1, 1))
        days = (last - first).days
        if days > 0:
            length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
            total += one.running_eur * one.share * days / length
    return total


def lost_in_year(one: Funded, year: int) -> Decimal:
    """Return the euros of a calendar year that are not funded any more, to the cent."""
    return cents(lost_between(one, date(year, 1, 1), date(year + 1, 1, 1)))


def cliff(
    rows: Sequence[Funded],
    *,
    today: date,
    running_eur: Decimal,
    months: int,
    warn_share: Decimal,
) -> Cliff:
    """Return the funding cliff of a municipality.

    Args:
        rows: Its fundings.
        today: From here one looks ahead.
        running_eur: Running cost per year of all its projects.
        months: How far one looks.
        warn_share: From which part of the running cost a warning is due.
    """
    years = range(today.year, today.year + 4)
    until = add_months(today.replace(day=1), months).replace(day=min(today.day, 28))
    ahead = sum((lost_between(row, today, until) for row in rows), Decimal(0))
    open_ = sum((lost_between(r, today, until) for r in rows if not r.is_decided), Decimal(0))
    share = open_ / running_eur if running_eur else None
    return Cliff(
        by_year={year: sum((lost_in_year(r, year) for r in rows), Decimal(0)) for year in years},
        ahead_eur=cents(ahead),
        undecided_eur=cents(open_),
        running_eur=running_eur,
        share=share,
        is_warning=share is not None and share > warn_share,
    )


def spatial_split(
    local: Decimal, shared: Decimal, incidence: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Propose who pays: local cost by who benefits, shared cost to Land and Bund (PF-153).

    Args:
        local: Cost of service and local operation.
        shared: Cost of support structure, standard, shared data infrastructure, transfer.
        incidence: Level → share of the benefit; the shares add up to 1.

    Raises:
        ValueError: A level is unknown or missing, or the shares do not add up to 1.
    """
    if set(incidence) != set(LEVELS) or sum(incidence.values()) != 1:
        raise ValueError("shares of the four levels must add up to 1")
    split = {level: local * incidence[level] for level in LEVELS}
    above = incidence["land"] + incidence["federal"]
    land = incidence["land"] / above if above else Decimal(1)
    split["land"] += shared * land
    split["federal"] += shared * (1 - land)
    return {level: cents(amount) for level, amount in split.items()}


def committed_until(ends: Iterable[date | None], on: date) -> date | None:
    """Return until when money was promised for something that ends on a day; None if nothing."""
    later = [end for end in ends if end is not None and end > on]
    return max(later, default=None)
