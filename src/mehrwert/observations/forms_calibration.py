"""Input of the page about calibrations."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import NumberField
from mehrwert.observations.actions import CalibrationChoice
from mehrwert.observations.charting import moment_of
from mehrwert.observations.curves import check_points
from mehrwert.observations.errors import CurveError

NUMBER = r"[-+]?[0-9]+(?:[.,][0-9]+)?"
PAIR = re.compile(rf"({NUMBER})(?: *; *| +|\t)({NUMBER})")


class PairsField(forms.CharField):
    """Pairs of a raw and a true value, one per line: ``0,50; 0,48``."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[tuple[float, float], ...]:  # type: ignore[override]
        """Return the pairs by raw value.

        Raises:
            ValidationError: A line is no pair, or the pairs make no curve.
        """
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        pairs = []
        for line in lines:
            found = PAIR.fullmatch(line)
            if found is None:
                raise ValidationError(
                    gettext("„%(line)s“ ist kein Wertepaar. Ein Paar sieht so aus: 0,50; 0,48")
                    % {"line": line[:60]}
                )
            raw, true = (float(part.replace(",", ".")) for part in found.groups())
            pairs.append((raw, true))
        try:
            return check_points(pairs)
        except CurveError as error:
            raise ValidationError(gettext(error.sentence) % error.data) from error


class CalibrationForm(forms.Form):
    """What was compared, from when to when it counts, how sure it is."""

    pairs = PairsField(
        label=_("Wertepaare: Rohwert; wahrer Wert"),
        help_text=_(
            "Ein Paar je Zeile, zum Beispiel 0,50; 0,48. Ein Paar verschiebt alle Werte; ab zwei"
            " Paaren wird dazwischen geradlinig umgerechnet."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
    )
    von = forms.CharField(
        label=_("gilt ab"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    bis = forms.CharField(
        label=_("gilt bis"),
        help_text=_("Leer: bis auf Weiteres."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    uncertainty = NumberField(
        label=_("Unsicherheit ±"),
        help_text=_("In der Einheit der Messreihe, für 95 von 100 Werten. Leer: nicht bekannt."),
        min_value=0,
        required=False,
    )
    note = forms.CharField(
        label=_("Womit wurde verglichen?"),
        help_text=_("Zum Beispiel: Lattenpegel, abgelesen am 3. Mai."),
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        """Turn both ends into microseconds and refuse an empty stretch."""
        given = super().clean() or {}
        for name in ("von", "bis"):
            if not given.get(name):
                continue
            moment = moment_of(given[name])
            if moment is None:
                self.add_error(
                    name, _("Bitte geben Sie Tag und Uhrzeit an, z. B. 2026-07-16T14:00.")
                )
            else:
                given[f"{name}_us"] = round(moment.timestamp() * 1_000_000)
        begins, ends = given.get("von_us"), given.get("bis_us")
        if begins is not None and ends is not None and begins >= ends:
            self.add_error("bis", _("Das Ende muss nach dem Anfang liegen."))
        return given

    def to_choice(self) -> CalibrationChoice:
        """Return what was entered."""
        given = self.cleaned_data
        return CalibrationChoice(
            given["von_us"],
            given["pairs"],
            given.get("bis_us"),
            given["uncertainty"],
            given["note"],
        )
