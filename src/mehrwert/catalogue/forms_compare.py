"""What a reader puts into a comparison: inhabitants, years of use, own prices (CAT-602)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import AmountField
from mehrwert.catalogue.comparing import OwnNumbers, OwnPrice
from mehrwert.catalogue.models import Solution
from mehrwert.stats.unit_cost import USUAL_LIFE_YEARS

MOST_EUROS = 1_000_000_000


class OwnNumbersForm(forms.Form):
    """Inhabitants, years of use, and per solution a one-off and a yearly amount; all optional."""

    einwohner = AmountField(
        label=_("Einwohner"),
        min_value=1,
        max_value=100_000_000,
        decimal_places=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    jahre = forms.IntegerField(
        label=_("Jahre, auf die Einmaliges verteilt wird"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Leer: 5"),
    )

    def __init__(self, chosen: Sequence[Solution], data: Any) -> None:
        super().__init__(data)
        self._slugs = [solution.slug for solution in chosen]
        self._names = [solution.name for solution in chosen]
        for slug, name in zip(self._slugs, self._names, strict=True):
            for kind, label in (("einmalig", _("einmalig, €")), ("jaehrlich", _("jährlich, €"))):
                self.fields[f"{kind}-{slug}"] = AmountField(
                    label=label,
                    min_value=0,
                    max_value=MOST_EUROS,
                    required=False,
                    widget=forms.TextInput(
                        attrs={"inputmode": "decimal", "aria-label": f"{name}: {label}"}
                    ),
                )

    def prices(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Return (name, one-off, yearly) per solution."""
        return [
            (name, self[f"einmalig-{slug}"], self[f"jaehrlich-{slug}"])
            for slug, name in zip(self._slugs, self._names, strict=True)
        ]

    def numbers(self, usual_population: int | None) -> OwnNumbers:
        """Return what was typed; what is wrong counts as not typed and is marked in the form."""
        self.is_valid()
        given = self.cleaned_data
        prices = {}
        for slug in self._slugs:
            once, yearly = given.get(f"einmalig-{slug}"), given.get(f"jaehrlich-{slug}")
            if once is not None or yearly is not None:
                zero = Decimal(0)
                prices[slug] = OwnPrice(Fraction(once or zero), Fraction(yearly or zero))
        return OwnNumbers(
            population=int(given.get("einwohner") or 0) or usual_population,
            life_years=given.get("jahre") or USUAL_LIFE_YEARS,
            prices=prices,
        )
