"""Years, rate and benefit of a project."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.portfolio.actions import MoneyInput
from mehrwert.portfolio.forms.projects import money_field
from mehrwert.portfolio.models import MoneyPlan


class MoneyForm(forms.Form):
    """What the capital value rests on beside the costs; empty means: nobody knows."""

    base_year = forms.IntegerField(label=_("Basisjahr"), min_value=1990, max_value=2100)
    years = forms.IntegerField(label=_("Jahre Betrieb"), min_value=1, max_value=40)
    benefit_budget = money_field(
        _("Entlastung des Haushalts im Jahr (Euro)"),
        help_text=_("Nur Geld, das wirklich nicht mehr ausgegeben wird."),
    )
    benefit_other = money_field(
        _("Weiterer Nutzen im Jahr (Euro)"),
        help_text=_("Nutzen in Geld, der nicht im Haushalt ankommt."),
    )
    benefit_reason = forms.CharField(
        label=_("Worauf beruhen diese Beträge?"), max_length=300, required=False
    )
    hours_saved = money_field(
        _("Frei werdende Stunden im Jahr"),
        help_text=_("Kapazitätswirksam; sie stehen daneben und werden nie zu Geld addiert."),
    )
    yearly_base = money_field(
        _("Was kostet der heutige Zustand im Jahr? (Euro)"),
        help_text=_(
            "Zum Beispiel Gießwasser und Fahrten. Damit wird aus der gemessenen Wirkung Geld."
        ),
    )
    yearly_uses = forms.IntegerField(
        label=_("Nutzungen im Jahr"), min_value=1, max_value=1_000_000_000, required=False
    )
    shared_once = money_field(_("Im Verbund: eigener Anteil einmalig (Euro)"))
    shared_yearly = money_field(_("Im Verbund: eigener Anteil jährlich (Euro)"))
    own_rate_percent = forms.DecimalField(
        label=_("Eigener Zinssatz (%)"),
        min_value=Decimal("-5"),
        max_value=20,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Leer heißt: der hinterlegte Satz. 3 % stehen immer daneben."),
    )
    own_rate_source = forms.CharField(
        label=_("Quelle des eigenen Zinssatzes"), max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Shared costs come in pairs; an own rate needs its source."""
        given: dict[str, Any] = super().clean() or {}
        pair = (given.get("shared_once"), given.get("shared_yearly"))
        if (pair[0] is None) != (pair[1] is None):
            text = _("Bitte beide Anteile im Verbund eingeben, notfalls 0.")
            self.add_error("shared_yearly" if pair[1] is None else "shared_once", text)
        if given.get("own_rate_percent") is not None and not given.get("own_rate_source"):
            self.add_error("own_rate_source", _("Bitte sagen Sie, woher der Zinssatz stammt."))
        return given

    def told(self) -> MoneyInput:
        """Return what was said."""
        given = dict(self.cleaned_data)
        percent = given.pop("own_rate_percent")
        return MoneyInput(own_rate=None if percent is None else percent / 100, **given)


def money_values(plan: MoneyPlan | None, *, year: int) -> dict[str, Any]:
    """Return what the form opens with."""
    if plan is None:
        return {"base_year": year, "years": 5}
    values = {
        name: getattr(plan, name) for name in MoneyForm.base_fields if name != "own_rate_percent"
    }
    values["own_rate_percent"] = None if plan.own_rate is None else plan.own_rate * 100
    return values
