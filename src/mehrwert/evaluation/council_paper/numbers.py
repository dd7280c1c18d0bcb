"""All numbers of a paper as CSV, so that the treasury can recalculate."""

import csv
import io

from mehrwert.evaluation.council_paper.alternatives import all_alternatives, name_of
from mehrwert.evaluation.council_paper.facts import COST_POSITIONS, CostLine, PaperFacts

NAME = "zahlen.csv"


def numbers_csv(facts: PaperFacts) -> str:
    """Return rows of group, name, quantity, value; a decimal point; empty where unknown."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["group", "name", "quantity", "value"])
    for effect in facts.effects:
        name = _name(effect.indicator)
        low, high = effect.bounds or ("", "")
        for quantity, value in (("theta_low", low), ("theta_high", high)):
            writer.writerow(["effect", name, quantity, value])
        writer.writerow(["effect", name, "evidence_class", effect.evidence_class])
    for key in COST_POSITIONS:
        line = facts.finance.positions.get(key, CostLine())
        writer.writerow(["cost", key, "once_eur", _plain(line.once)])
        writer.writerow(["cost", key, "yearly_eur", _plain(line.yearly)])
    for year in facts.finance.years:
        for quantity in ("expense", "income", "savings"):
            value = getattr(year, quantity)
            writer.writerow(["year", year.year, f"{quantity}_eur", _plain(value)])
    for one in all_alternatives(facts):
        for quantity in ("yearly", "per_inhabitant", "value_first_rate", "value_second_rate"):
            value = getattr(one, quantity)
            writer.writerow(["alternative", _name(name_of(one)), f"{quantity}_eur", _plain(value)])
        writer.writerow(["alternative", _name(name_of(one)), "chance", _plain(one.chance)])
    return out.getvalue()


def _name(text: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text


def _plain(value: object) -> str:
    return "" if value is None else str(value)
