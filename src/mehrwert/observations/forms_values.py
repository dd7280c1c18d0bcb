"""Input of the pages about one reading: its right value, how it is known, why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.base.clock import now_us
from mehrwert.base.forms import NumberField
from mehrwert.observations.charting import moment_of
from mehrwert.observations.choices import Quality


class ValueForm(forms.Form):
    """The right value of a reading; ``seen`` is what the person saw before, as JSON."""

    value: forms.Field = NumberField(label=_("Richtiger Wert"))
    quality = forms.TypedChoiceField(
        label=_("Woher wissen Sie das?"),
        coerce=lambda given: Quality(int(given)),
        choices=[
            (int(Quality.GOOD), _("abgelesen oder nachgemessen: der Wert gilt als gut")),
            (int(Quality.FILLED), _("geschätzt oder berechnet: der Wert gilt als ergänzt")),
            (int(Quality.SUSPECT), _("nicht sicher: der Wert gilt als zweifelhaft")),
        ],
        widget=forms.RadioSelect,
        initial=int(Quality.GOOD),
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=300,
        help_text=_(
            "Steht mit Ihrem Namen in der Geschichte, zum Beispiel: am Lattenpegel gelesen."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_text: bool = False, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_text:
            self.fields["value"] = forms.CharField(label=_("Richtiger Wert"), max_length=2000)
        elif unit:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": unit}


class NewValueForm(ValueForm):
    """A reading that is missing."""

    time = forms.CharField(
        label=_("Zeitpunkt"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
        help_text=_("In deutscher Zeit."),
    )
    seen = None  # type: ignore[assignment]
    field_order = ("time", "value", "quality", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _("Wert")

    def clean_time(self) -> int:
        """Return microseconds of a time that has been."""
        moment = moment_of(self.cleaned_data["time"])
        if moment is None:
            raise forms.ValidationError(
                _("Bitte geben Sie Tag und Uhrzeit an, z. B. 2026-07-16T14:00.")
            )
        at_us = round(moment.timestamp() * 1_000_000)
        if at_us > now_us():
            raise forms.ValidationError(_("Dieser Zeitpunkt liegt noch in der Zukunft."))
        return at_us
