"""What a reader puts into an own calculation of five years (TRF-407)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import AmountField, DayInput
from mehrwert.catalogue.choices import COST_BLOCK_LABELS, CostBlock
from mehrwert.catalogue.rules.own_costs import OwnCosts

MOST_PEOPLE = 90_000_000
MOST_EUROS = 1_000_000_000
PARTS = ("einmalig", "jaehrlich")


def _amount(label: Any, most: int = MOST_EUROS, **given: Any) -> AmountField:
    return AmountField(label=label, min_value=0, max_value=most, required=False, **given)


class OwnCostsForm(forms.Form):
    """Inhabitants, amounts by block, own hours, funding; only the inhabitants are asked for."""

    einwohner = AmountField(
        label=_("Einwohner"),
        min_value=1,
        max_value=MOST_PEOPLE,
        decimal_places=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            key: _("Bitte eine Einwohnerzahl zwischen 1 und 90 Millionen eingeben.")
            for key in ("required", "invalid", "min_value", "max_value", "max_decimal_places")
        },
    )
    stunden = _amount(
        _("Eigene Stunden im Jahr"), 1_000_000, help_text=_("Stehen daneben, nie in der Summe.")
    )
    stundensatz = _amount(
        _("Euro je Stunde"), 1000, help_text=_("Nur mit Tag; macht aus Stunden keine Einsparung.")
    )
    stundensatz_am = forms.DateField(
        label=_("Stundensatz vom"),
        required=False,
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    foerderung = _amount(
        _("Förderung in Prozent"), 100, help_text=_("Anteil an allen einmaligen Beträgen.")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for block in CostBlock:
            name = gettext(COST_BLOCK_LABELS[block])
            for part, label in zip(PARTS, (_("einmalig"), _("jährlich")), strict=True):
                widget = forms.TextInput(
                    attrs={"inputmode": "decimal", "aria-label": f"{name}: {label}"}
                )
                self.fields[f"{part}-{block}"] = _amount(label, widget=widget)

    def clean(self) -> dict[str, Any] | None:
        """An hour has a price only of a day; a sum is either split or not."""
        given = super().clean() or {}
        if given.get("stundensatz") is not None and not given.get("stundensatz_am"):
            self.add_error("stundensatz_am", gettext("Von welchem Tag ist der Stundensatz?"))
        is_whole = any(given.get(f"{part}-{CostBlock.UNSPLIT}") is not None for part in PARTS)
        if is_whole and any(
            given.get(f"{part}-{block}") is not None
            for part in PARTS
            for block in CostBlock
            if block is not CostBlock.UNSPLIT
        ):
            self.add_error(
                f"einmalig-{CostBlock.UNSPLIT}",
                gettext("Entweder die Summe oder die Blöcke: sonst zählt beides."),
            )
        return given

    def pair(self, block: str) -> tuple[forms.BoundField, forms.BoundField]:
        """Return the bound fields of one block: once, each year."""
        return self[f"einmalig-{block}"], self[f"jaehrlich-{block}"]

    def own(self) -> OwnCosts:
        """Return what was typed; call only when the form is valid."""
        given = self.cleaned_data
        return OwnCosts(
            population=int(given["einwohner"]),
            blocks={
                block.value: (
                    _fraction(given[f"einmalig-{block}"]), _fraction(given[f"jaehrlich-{block}"]),
                )
                for block in CostBlock
            },
            hours_year=_fraction(given["stunden"]),
            rate=_fraction(given["stundensatz"]),
            rate_on=given["stundensatz_am"],
            funded_percent=_fraction(given["foerderung"]) or Fraction(0),
        )  # fmt: skip


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
