"""Dated facts of money that come with the program: price index, discount rates."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from mehrwert.portfolio.rules.costs import DatedRate, PriceIndex

FOLDER = Path(__file__).resolve().parent / "data"
INDEX_SOURCE = "Statistisches Bundesamt, Verbraucherpreisindex, Jahresmittel, 2020 = 100"


@cache
def read_price_index() -> PriceIndex:
    """Return the consumer price index by year."""
    with (FOLDER / "price_index.csv").open(encoding="utf-8") as file:
        values = {int(row["year"]): Decimal(row["index"]) for row in csv.DictReader(file)}
    return PriceIndex(values, INDEX_SOURCE)


@cache
def read_discount_rates() -> tuple[DatedRate, ...]:
    """Return all discount rates, oldest first."""
    with (FOLDER / "discount_rates.csv").open(encoding="utf-8") as file:
        return tuple(
            DatedRate(
                row["from"], row["to"], Decimal(row["rate"]), row["source"], row["checked_on"]
            )
            for row in csv.DictReader(file)
        )
