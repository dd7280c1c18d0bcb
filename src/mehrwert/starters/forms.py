"""Input of the pages: the parameters a package asks for, two questions, a table to try. Shape."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.catalogue.choices import END_REASON_LABELS, AdoptionStatus, EndReason
from mehrwert.evaluation.queries import parse_month
from mehrwert.starters.actions import Answers
from mehrwert.starters.choices import Measured
from mehrwert.starters.format.checking import parameters_of
from mehrwert.starters.format.model import Package

MOST_TABLE_BYTES = 5_000_000


class LinesField(forms.CharField):
    """A list of texts, one per line; its value is the list without empty lines."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        """Return lines for the input."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the lines."""
        text = str(super().clean(value) or "")
        return [line.strip() for line in text.splitlines() if line.strip()]


class SetUpForm(forms.Form):
    """Two questions of the plan, then what the package asks for; everything has a default."""

    goal = forms.CharField(label=_("Was soll besser werden?"), max_length=300)
    sesoi_percent = forms.FloatField(
        label=_("Ab wie viel Unterschied lohnt es sich? (Prozent)"),
        min_value=0.1,
        max_value=90,
        localize=True,
        help_text=_("Kleinere Unterschiede gelten später als „kein nennenswerter Unterschied“."),
    )
    start_month = forms.CharField(
        label=_("Erster Monat im vollen Betrieb"),
        max_length=10,
        help_text=_("Monat und Jahr, zum Beispiel 04/2027."),
    )

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = list(parameters_of(package))
        for name, schema in parameters_of(package).items():
            self.fields[f"p_{name}"] = _field_of(schema)

    def clean_start_month(self) -> Any:
        """Return the number of the month."""
        try:
            return parse_month(self.cleaned_data["start_month"])
        except ValueError as error:
            raise forms.ValidationError(
                gettext("Bitte einen Monat eingeben, zum Beispiel 04/2027.")
            ) from error

    def answers(self) -> Answers:
        """Return what was entered."""
        given = self.cleaned_data
        return Answers(
            parameters={name: given[f"p_{name}"] for name in self._names},
            goal=given["goal"],
            sesoi_percent=given["sesoi_percent"],
            start_month=given["start_month"],
        )


class TrialForm(forms.Form):
    """An own series or a table, looked at and forgotten."""

    series = forms.ChoiceField(label=_("Wofür sollen die Werte stehen?"))
    own = forms.TypedChoiceField(
        label=_("Eigene Messreihe, letztes Jahr"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Was ein Sensor schon liefert. Sonst unten eine Tabelle."),
    )
    file = forms.FileField(
        label=_("Tabelle (CSV oder Excel)"),
        required=False,
        help_text=_(
            "Eine Spalte mit Zeit, eine mit Zahlen, höchstens 5 MB. Die Datei wird nur gelesen und"
            " danach vergessen; nichts verlässt diesen Rechner."
        ),
    )

    def __init__(
        self,
        *args: Any,
        series: list[tuple[str, str]],
        own: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["series"].choices = series
        fields["own"].choices = [("", gettext("keine, ich nehme eine Tabelle")), *own]

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_TABLE_BYTES:
            raise forms.ValidationError(gettext("Die Datei ist größer als 5 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        given = super().clean() or {}
        if given.get("own") is None and not given.get("file") and "file" not in self.errors:
            self.add_error("file", gettext("Bitte eine Messreihe wählen oder eine Tabelle geben."))
        return given


class StartForm(forms.Form):
    """Licences, and whether this is a trial or live use."""

    lizenz = forms.BooleanField(required=False)
    stand = forms.TypedChoiceField(
        coerce=AdoptionStatus,
        choices=[(one.value, one.value) for one in (AdoptionStatus.TRIAL, AdoptionStatus.LIVE)],
        required=False,
        empty_value=AdoptionStatus.TRIAL,
    )


class RemoveForm(forms.Form):
    """Why it ends, and what becomes of readings if there are any."""

    reason = forms.TypedChoiceField(
        label=_("Warum endet es?"), coerce=EndReason, initial=EndReason.UNKNOWN.value
    )
    measured = forms.TypedChoiceField(
        label=_("Was soll mit den Messwerten geschehen?"),
        coerce=Measured,
        choices=[
            (Measured.KEEP.value, _("Messstellen mit Messwerten bleiben stehen")),
            (Measured.DELETE.value, _("Alles löschen, auch die Messwerte; das ist endgültig")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, was mit den Messwerten geschehen soll.")},
    )

    def __init__(self, *args: Any, has_readings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["reason"].choices = [
            (key, gettext(label)) for key, label in END_REASON_LABELS.items()
        ]
        if not has_readings:
            del self.fields["measured"]


def initial_of(
    package: Package, parameters: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values of the form: parameters and answers."""
    return {**{f"p_{name}": value for name, value in parameters.items()}, **answers}


def _field_of(schema: Mapping[str, Any]) -> forms.Field:
    """Return the input for one parameter; its values are checked against the schema later."""
    unit = schema.get("x-unit", "")
    label = f"{schema['title']} ({unit})" if unit else schema["title"]
    given: dict[str, Any] = {"label": label, "help_text": schema.get("description", "")}
    if schema["type"] == "array":
        needed = schema.get("minItems", 0) > 0
        return LinesField(required=needed, max_length=20_000, **given)
    if schema["type"] == "string":
        needed = schema.get("minLength", 0) > 0
        kind = forms.EmailField if schema.get("format") == "email" else forms.CharField
        return kind(required=needed, max_length=schema.get("maxLength", 200), **given)
    limits: dict[str, Any] = {
        "min_value": schema.get("minimum"),
        "max_value": schema.get("maximum"),
    }
    if schema["type"] == "integer":
        return forms.IntegerField(**limits, **given)
    return forms.FloatField(localize=True, **limits, **given)
