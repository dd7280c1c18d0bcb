"""What something costs: three lines first, then the positions, none of which stays empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.portfolio.actions import SheetInput
from mehrwert.portfolio.choices import (
    ANSWERED,
    COST_VISIBILITY_LABELS,
    LINE_STATE_LABELS,
    POSITION_LABELS,
    SOURCE_KIND_LABELS,
    VAT_LABELS,
    CostVisibility,
    LineState,
    Position,
    SourceKind,
    VatState,
)
from mehrwert.portfolio.forms.adoptions import labels
from mehrwert.portfolio.forms.projects import money_field
from mehrwert.portfolio.models import CostSheet
from mehrwert.portfolio.rules.costs import Line

AMOUNTS = ("once", "yearly", "hours_yearly")
ROW_PARTS = ("state", *AMOUNTS, "driver", "reason")


@dataclass(frozen=True, slots=True)
class PositionFields:
    """The bound fields of one position, for the table of the page."""

    label: str
    state: Any
    once: Any
    yearly: Any
    hours: Any
    driver: Any
    reason: Any


class CostForm(forms.Form):
    """Head, three lines, and a row per position."""

    once = money_field(_("Einmalig (Euro)"), help_text=_("Alles zusammen bis zum Betrieb."))
    yearly = money_field(_("Jährlich (Euro)"), help_text=_("Alles zusammen in einem Jahr Betrieb."))
    hours_yearly = money_field(
        _("Eigene Stunden im Jahr"), help_text=_("Stehen daneben, nie in der Summe.")
    )
    price_year = forms.IntegerField(
        label=_("Preise aus welchem Jahr?"), min_value=1990, max_value=2100
    )
    source_kind = forms.ChoiceField(
        label=_("Woher stammen die Beträge?"),
        help_text=_("Schätzung, Preisliste und Presse gehen in keine Spanne ein."),
    )
    source = forms.CharField(
        label=_("Beleg"),
        max_length=300,
        required=False,
        help_text=_("Aktenzeichen, Haushaltsstelle oder Adresse."),
    )
    budget_product = forms.CharField(label=_("Produkt im Haushalt"), max_length=60, required=False)
    funded_percent = forms.DecimalField(
        label=_("Davon gefördert (Prozent)"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Leer heißt: nicht bekannt."),
    )
    vat = forms.ChoiceField(label=_("Wie sind die Beträge gemeint?"))
    visibility = forms.ChoiceField(label=_("Wer darf es sehen?"))
    life_years = forms.IntegerField(
        label=_("Nutzungsdauer in Jahren"),
        min_value=1,
        max_value=50,
        help_text=_("Der einmalige Betrag wird gleichmäßig verteilt."),
    )
    growth_percent = forms.DecimalField(
        label=_("Preissteigerung im Jahr (%)"),
        min_value=0,
        max_value=30,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Nur für die jährlichen Beträge. Leer heißt 0."),
    )
    population = forms.IntegerField(
        label=_("Einwohner"),
        min_value=1,
        max_value=90_000_000,
        required=False,
        help_text=_("Leer heißt: Zahl der Kommune im Register."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["source_kind"].choices = labels(SOURCE_KIND_LABELS)
        fields["vat"].choices = labels(VAT_LABELS)
        fields["visibility"].choices = labels(COST_VISIBILITY_LABELS)
        for position in ANSWERED:
            name = gettext(POSITION_LABELS[position])
            fields[f"{position}_state"] = forms.ChoiceField(
                label=_("Stand"), choices=labels(LINE_STATE_LABELS), required=False
            )
            for part, label in zip(
                AMOUNTS, (_("einmalig"), _("jährlich"), _("Stunden im Jahr")), strict=True
            ):
                fields[f"{position}_{part}"] = money_field(label)
            fields[f"{position}_reason"] = forms.CharField(
                label=_("Grund der 0"), max_length=200, required=False
            )
            fields[f"{position}_driver"] = forms.CharField(
                label=_("je was"), max_length=80, required=False
            )
            for part in ROW_PARTS:
                fields[f"{position}_{part}"].widget.attrs["aria-label"] = (
                    f"{name}: {fields[f'{position}_{part}'].label}"
                )

    def head(self) -> list[Any]:
        """Return the bound fields of the head, without the three lines."""
        names = (
            "price_year", "source_kind", "source", "budget_product", "funded_percent", "vat",
            "visibility", "life_years", "growth_percent", "population",
        )  # fmt: skip
        return [self[name] for name in names]

    def three(self) -> list[Any]:
        """Return the bound fields of the three lines."""
        return [self[name] for name in AMOUNTS]

    def rows(self) -> list[PositionFields]:
        """Return the bound fields of each position."""
        return [
            PositionFields(
                gettext(POSITION_LABELS[p]),
                *(self[f"{p}_{part}"] for part in ROW_PARTS),
            )
            for p in ANSWERED
        ]

    def told(self) -> tuple[SheetInput, list[Line]]:
        """Return head and lines; an amount typed without a state is an amount."""
        given = self.cleaned_data
        growth = (given["growth_percent"] or Decimal(0)) / 100
        head = SheetInput(
            price_year=given["price_year"],
            source_kind=SourceKind(given["source_kind"]),
            source=given["source"],
            budget_product=given["budget_product"],
            funded_percent=given["funded_percent"],
            vat=VatState(given["vat"]),
            visibility=CostVisibility(given["visibility"]),
            life_years=given["life_years"],
            growth=growth,
            population=given["population"],
        )
        lines = [self._line(position, given) for position in ANSWERED]
        return head, [_unsplit(given), *lines]

    @staticmethod
    def _line(position: Position, given: Mapping[str, Any]) -> Line:
        amounts = {part: given[f"{position}_{part}"] for part in AMOUNTS}
        state = LineState(given[f"{position}_state"] or LineState.UNKNOWN)
        if state is LineState.UNKNOWN and any(v is not None for v in amounts.values()):
            state = LineState.AMOUNT
        if state is not LineState.AMOUNT:
            amounts = dict.fromkeys(AMOUNTS)
        texts = {part: given[f"{position}_{part}"] for part in ("reason", "driver")}
        return Line(position=position, state=state, **texts, **amounts)


def _unsplit(given: Mapping[str, Any]) -> Line:
    amounts = {part: given[part] for part in AMOUNTS}
    is_known = any(value is not None for value in amounts.values())
    state = LineState.AMOUNT if is_known else LineState.UNKNOWN
    return Line(position=Position.UNSPLIT, state=state, **amounts)


def cost_values(
    sheet: CostSheet | None, lines: Mapping[Position, Line], *, year: int
) -> dict[str, Any]:
    """Return what the form opens with."""
    if sheet is None:
        return {
            "price_year": year,
            "source_kind": SourceKind.INVOICE.value,
            "vat": VatState.INCLUDED.value,
            "visibility": CostVisibility.AGGREGATE.value,
            "life_years": 5,
        }
    values: dict[str, Any] = {
        name: getattr(sheet, name)
        for name in (
            "price_year", "source_kind", "source", "budget_product", "funded_percent", "vat",
            "visibility", "life_years", "population",
        )
    }  # fmt: skip
    values["growth_percent"] = sheet.growth * 100 if sheet.growth else None
    for position, line in lines.items():
        prefix = "" if position is Position.UNSPLIT else f"{position}_"
        values |= {f"{prefix}{part}": getattr(line, part) for part in AMOUNTS}
        if prefix:
            values |= {f"{prefix}state": line.state.value, f"{prefix}reason": line.reason}
            values[f"{prefix}driver"] = line.driver
    return values
