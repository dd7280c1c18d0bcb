"""How months become the period a funder asks for (PF-116)."""

from mehrwert.base.marks import mark

PERIOD_RULES: dict[str, str] = {
    "sum": mark("Summe"),
    "mean": mark("Mittel"),
    "last": mark("letzter Wert"),
}
MOST_FIELDS = 60
