"""A common cost: total, model, parts of the mixed key, and one row per partner."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import AmountField
from mehrwert.portfolio.actions import ShareInput
from mehrwert.portfolio.choices import COST_KEY_LABELS, GAME_MODEL_LABELS, GameModel
from mehrwert.portfolio.forms.adoptions import labels
from mehrwert.portfolio.forms.projects import day_field, money_field
from mehrwert.portfolio.models import CostShare
from mehrwert.portfolio.rules.keys import Payer

MOST_ROWS = 40
SPARE_ROWS = 2
PARTS = (
    "name", "key", "inhabitants", "uses", "alone_eur", "entry_eur", "benefit", "votes",
    "is_candidate",
)  # fmt: skip


def _weight(label: Any, initial: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, decimal_places=2, initial=initial, localize=True
    )


class ShareForm(forms.Form):
    """Head and partners; empty rows are left out."""

    title = forms.CharField(label=_("Was wird gemeinsam bezahlt?"), max_length=160)
    total_eur = AmountField(
        label=_("Gemeinsame Kosten (Euro)"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("Ohne Umsatzsteuer; 19 % stehen daneben."),
    )
    model = forms.ChoiceField(
        label=_("Was würden Gruppen für sich zahlen?"),
        required=False,
        help_text=_("Nur damit lässt sich beurteilen, wer allein billiger wegkäme."),
    )
    fixed_eur = money_field(
        _("Sockel (Euro)"), help_text=_("Nur bei „Sockel einmal“. Sockel und eigene ergeben alles.")
    )
    weight_equal = _weight(_("Gemischt: zu gleichen Teilen (%)"), 30)
    weight_head = _weight(_("Gemischt: nach Einwohnern (%)"), 40)
    weight_use = _weight(_("Gemischt: nach Nutzung (%)"), 30)
    note = forms.CharField(
        label=_("Bemerkung"),
        max_length=300,
        required=False,
        help_text=_("Zum Beispiel: woher die Nutzungszahlen stammen, wann neu gerechnet wird."),
    )

    chosen_key = forms.ChoiceField(
        label=_("Welcher Schlüssel soll in die Vereinbarung?"), required=False
    )
    review_on = day_field(_("Neu gerechnet wird am"), required=False)

    def __init__(self, *args: Any, n_rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["model"].choices = labels(GAME_MODEL_LABELS)
        fields["chosen_key"].choices = [
            ("", gettext("noch nicht entschieden")),
            *labels(COST_KEY_LABELS),
        ]
        self.n_rows = min(n_rows, MOST_ROWS)
        for row in range(self.n_rows):
            for part, field in _row_fields().items():
                field.widget.attrs["aria-label"] = f"{row + 1}: {field.label}"
                fields[f"{part}_{row}"] = field

    def head(self) -> list[Any]:
        """Return the bound fields of the head."""
        return [self[name] for name in type(self).base_fields]

    def rows(self) -> list[list[Any]]:
        """Return the bound fields of each partner."""
        return [[self[f"{part}_{row}"] for part in PARTS] for row in range(self.n_rows)]

    def clean(self) -> dict[str, Any]:
        """A row with numbers needs a name."""
        given: dict[str, Any] = super().clean() or {}
        for row in range(self.n_rows):
            others = [given.get(f"{part}_{row}") for part in PARTS if part != "name"]
            is_used = any(value not in (None, "", False) for value in others)
            if is_used and not given.get(f"name_{row}"):
                self.add_error(f"name_{row}", _("Bitte den Namen eintragen."))
        return given

    def told(self) -> tuple[ShareInput, list[Payer]]:
        """Return head and partners; a partner without official key gets a number."""
        given = self.cleaned_data
        head = {name: given[name] for name in type(self).base_fields}
        head["model"] = GameModel(head["model"])
        payers = [
            Payer(
                **{
                    **{part: given[f"{part}_{row}"] for part in PARTS},
                    "key": given[f"key_{row}"] or f"{row + 1:03}",
                }
            )
            for row in range(self.n_rows)
            if given[f"name_{row}"]
        ]
        return ShareInput(**head), payers


def _row_fields() -> dict[str, Any]:
    return {
        "name": forms.CharField(label=_("Name"), max_length=120, required=False),
        "key": forms.RegexField(
            label=_("Amtlicher Schlüssel"),
            regex=r"^[0-9]{2,12}$",
            required=False,
            error_messages={"invalid": _("Nur Ziffern, zum Beispiel der achtstellige AGS.")},
        ),
        "inhabitants": forms.IntegerField(label=_("Einwohner"), min_value=0, required=False),
        "uses": money_field(_("Nutzungen")),
        "alone_eur": money_field(_("Kosten allein (€)")),
        "entry_eur": money_field(_("Umstieg einmalig (€)")),
        "benefit": money_field(_("gemessener Nutzen")),
        "votes": money_field(_("Stimmen")),
        "is_candidate": forms.BooleanField(label=_("will beitreten"), required=False),
    }


def share_values(row: CostShare | None, payers: list[Payer]) -> dict[str, Any]:
    """Return what the form opens with."""
    values: dict[str, Any] = {}
    if row is not None:
        values = {name: getattr(row, name) for name in ShareForm.base_fields}
    for place, payer in enumerate(payers):
        values |= {f"{part}_{place}": getattr(payer, part) for part in PARTS}
    return values
