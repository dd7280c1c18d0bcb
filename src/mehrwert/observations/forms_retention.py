"""Input of the page about how long readings are kept. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.observations.choices import PROTECTION_LABELS
from mehrwert.observations.queries.retention import ALL, CLASS, CLASSES, PROPERTY, SERIES

MOST_DAYS = 36_500


class PolicyForm(forms.Form):
    """How long raw readings and hour values of something are kept."""

    what = forms.ChoiceField(label=_("Was"))
    raw_days = forms.IntegerField(
        label=_("Rohwerte behalten, in Tagen"),
        help_text=_("Zum Beispiel 730. Danach bleibt von jeder Stunde der Stundenwert."),
        min_value=1,
        max_value=MOST_DAYS,
    )
    hour_days = forms.IntegerField(
        label=_("Stundenwerte behalten, in Tagen"),
        help_text=_("Leer: für immer."),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        series: list[tuple[int, str]],
        properties: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        by_class = [
            (f"{CLASS}-{place}", gettext(PROTECTION_LABELS[kind]))
            for place, kind in enumerate(CLASSES)
        ]
        by_property = [(f"{PROPERTY}-{number}", name) for number, name in properties]
        by_series = [(f"{SERIES}-{number}", name) for number, name in series]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (f"{ALL}-0", gettext("alle Messreihen")),
            (gettext("alle eines Schutzbedarfs"), by_class),
            (gettext("alle einer Messgröße"), by_property),
            (gettext("eine Messreihe"), by_series),
        ]

    def clean(self) -> dict[str, Any]:
        """Hour values outlive raw readings."""
        given = super().clean() or {}
        raw, hours = given.get("raw_days"), given.get("hour_days")
        if raw is not None and hours is not None and hours < raw:
            self.add_error(
                "hour_days",
                gettext("Stundenwerte müssen mindestens so lange bleiben wie Rohwerte."),
            )
        return given

    def target(self) -> tuple[str, int]:
        """Return scope and id of what was chosen."""
        scope, _, number = str(self.cleaned_data["what"]).partition("-")
        return scope, int(number)


class HoldForm(forms.Form):
    """What is kept whatever the policies say, and why."""

    datastream = forms.TypedChoiceField(label=_("Was"), coerce=int)
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Zum Beispiel: Aktenzeichen, Beweissicherung."),
        max_length=300,
    )

    def __init__(self, *args: Any, series: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = (0, gettext("alle Messreihen"))
        self.fields["datastream"].choices = [everything, *series]  # type: ignore[attr-defined]
