"""Input of the pages: one closure, and what is searched for. Shape only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import DayInput
from mehrwert.geodata.actions import ClosureInput
from mehrwert.geodata.choices import AFFECTED_LABELS, KIND_LABELS, Affected, ClosureKind
from mehrwert.geodata.models import Closure

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
NAMES = (
    "street", "section", "kind", "direction", "starts_on", "ends_on", "is_estimated", "reason",
    "detour", "affected", "office", "contact", "spoken", "plain",
)  # fmt: skip


def _words(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, gettext(label)) for key, label in labels.items()]


def _day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=DayInput(format="%Y-%m-%d"), input_formats=DAYS, **given
    )


class ClosureForm(forms.Form):
    """Five answers suffice: street, what is closed, from when, until when, which office."""

    street = forms.CharField(label=_("Welche Straße?"), max_length=120)
    section = forms.CharField(
        label=_("Welcher Abschnitt?"),
        max_length=200,
        required=False,
        help_text=_("Zum Beispiel: zwischen Markt und Mühlgasse. Leer heißt: die ganze Straße."),
    )
    kind = forms.ChoiceField(label=_("Was ist gesperrt?"), choices=lambda: _words(KIND_LABELS))
    direction = forms.CharField(
        label=_("Nur in einer Richtung?"),
        max_length=120,
        required=False,
        help_text=_("Zum Beispiel: stadteinwärts."),
    )
    starts_on = _day(_("Ab wann?"), initial=timezone.localdate)
    ends_on = _day(
        _("Bis wann?"), required=False, help_text=_("Der letzte Tag. Leer heißt: nicht bekannt.")
    )
    is_estimated = forms.BooleanField(label=_("Das Ende ist nur voraussichtlich"), required=False)
    reason = forms.CharField(label=_("Warum?"), max_length=200, required=False)
    detour = forms.CharField(label=_("Wo geht es herum?"), max_length=300, required=False)
    affected = forms.MultipleChoiceField(
        label=_("Wen trifft es?"),
        choices=lambda: _words(AFFECTED_LABELS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    office = forms.CharField(
        label=_("Welches Amt weiß Bescheid?"), max_length=120, help_text=_("Keine Person.")
    )
    contact = forms.CharField(
        label=_("Durchwahl für das Haus"),
        max_length=120,
        required=False,
        help_text=_("Nur für die Telefonzentrale, steht in keiner Datei."),
    )
    spoken = forms.CharField(
        label=_("Satz zum Vorlesen"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leer heißt: Der Satz entsteht aus den Angaben oben."),
    )
    plain = forms.CharField(
        label=_("Derselbe Satz in Einfacher Sprache"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def told(self) -> ClosureInput:
        """Return what was said."""
        given = dict(self.cleaned_data)
        given["kind"] = ClosureKind(given["kind"])
        given["affected"] = tuple(Affected(one) for one in given["affected"])
        return ClosureInput(**given)


def closure_values(row: Closure | None) -> dict[str, Any]:
    """Return what the form opens with."""
    return {} if row is None else {name: getattr(row, name) for name in NAMES}
