"""Indicators, values, the baseline, figures of the dashboard."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import NumberField
from mehrwert.portfolio.choices.indicators import (
    DELAY_LABELS,
    DIRECTION_LABELS,
    ORIGIN_LABELS,
    PERIOD_LABELS,
    TYPE_LABELS,
)
from mehrwert.portfolio.forms.projects import day_field
from mehrwert.portfolio.forms.reports import words


def number_field(label: Any, **given: Any) -> NumberField:
    """Return a field for a number with a decimal comma."""
    return NumberField(label=label, **given)


class IndicatorForm(forms.Form):
    """What an indicator means; a later version changes nothing about earlier values."""

    name = forms.CharField(label=_("Wie heißt die Kennzahl?"), max_length=120)
    explanation = forms.CharField(
        label=_("Was sagt sie?"), max_length=500, help_text=_("Ein Satz ohne Fachwörter.")
    )
    type = forms.ChoiceField(
        label=_("Was zeigt sie?"), choices=lambda: words(TYPE_LABELS), initial="outcome"
    )
    unit = forms.CharField(label=_("Einheit"), max_length=30)
    good_direction = forms.ChoiceField(
        label=_("Besser ist"), choices=lambda: words(DIRECTION_LABELS)
    )
    datastream_id = forms.TypedChoiceField(
        label=_("Woher kommen die Werte?"), coerce=int, required=False, empty_value=None
    )
    period = forms.ChoiceField(label=_("Ein Wert"), choices=lambda: words(PERIOD_LABELS))
    delay_class = forms.ChoiceField(
        label=_("Wie schnell liegt er vor?"),
        choices=lambda: words(DELAY_LABELS),
        initial="monthly",
    )
    source = forms.CharField(label=_("Quelle"), max_length=200)
    owner = forms.CharField(
        label=_("Wer pflegt sie?"), max_length=120, help_text=_("Ein Amt oder eine Rolle.")
    )
    formula = forms.CharField(label=_("Rechenweg"), max_length=300, required=False)
    spatial_unit = forms.CharField(label=_("Für welches Gebiet?"), max_length=120, required=False)
    licence = forms.CharField(label=_("Lizenz"), max_length=60, required=False)
    valid_from = day_field(_("Gilt ab"), initial=timezone.localdate)

    def __init__(self, *args: Any, series: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["datastream_id"].choices = [("", gettext("werden eingetragen")), *series]


class VersionForm(IndicatorForm):
    """A new version of a definition."""

    breaks_series = forms.BooleanField(
        label=_("Frühere Werte sind nicht mehr vergleichbar"), required=False
    )
    break_reason = forms.CharField(
        label=_("Grund, wenn nicht vergleichbar"), max_length=300, required=False
    )


class ValueForm(forms.Form):
    """One value of a month, or the reason why there is none."""

    month = forms.RegexField(
        label=_("Monat"),
        regex=r"^\d{4}-(0[1-9]|1[0-2])$",
        help_text=_("Zum Beispiel 2026-06."),
        error_messages={"invalid": _("Bitte so: 2026-06.")},
    )
    value = number_field(_("Wert"), required=False)
    absence = forms.CharField(label=_("Kein Wert, weil"), max_length=200, required=False)
    origin = forms.ChoiceField(label=_("Woher?"), choices=lambda: words(ORIGIN_LABELS))


class WaiverForm(forms.Form):
    """Why there is no baseline."""

    reason = forms.CharField(
        label=_("Warum gibt es keine Ausgangswerte?"),
        max_length=300,
        help_text=_("Der Grund bleibt sichtbar. Die Wirkung lässt sich dann nur schwach belegen."),
    )


class FigureForm(forms.Form):
    """What a figure of the dashboard needs."""

    target = number_field(_("Ziel"))
    target_on = day_field(_("Bis wann?"))
    owner_role = forms.CharField(label=_("Wem gehört die Zahl?"), max_length=120)
    decision_served = forms.CharField(
        label=_("Welcher Entscheidung dient sie?"),
        max_length=300,
        help_text=_("Ohne Entscheidung gehört eine Zahl nicht auf das Amtsdashboard."),
    )
    alarm_limit = number_field(_("Alarm, wenn schlechter als"), required=False)
