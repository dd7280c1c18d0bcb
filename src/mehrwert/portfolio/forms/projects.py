"""Six fields begin a project; a second page holds the rest."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import AmountField, DayInput, ProposalInput
from mehrwert.catalogue.choices import FIELDS_OF_ACTION
from mehrwert.portfolio.choices import (
    BENEFIT_LABELS,
    FINANCING_LABELS,
    GATE_LABELS,
    GATES,
    YES_NO_LABELS,
)
from mehrwert.portfolio.queries import find_solution, list_solution_names

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


def day_field(label: Any, **given: Any) -> forms.DateField:
    """Return a field for a day, as browsers ask for it and as people type it."""
    return forms.DateField(
        label=label, widget=DayInput(format="%Y-%m-%d"), input_formats=DAYS, **given
    )


def money_field(label: Any, **given: Any) -> AmountField:
    """Return a field for euros; empty means: nobody knows."""
    return AmountField(
        label=label,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        localize=True,
        **given,
    )


def known_field(label: Any) -> forms.TypedChoiceField:
    """Return a field for yes, no, or: nobody knows yet."""
    return forms.TypedChoiceField(
        label=label, required=False, empty_value=None, coerce=lambda text: text == "True"
    )


def field_choices() -> list[tuple[str, str]]:
    """Return the nineteen fields of action in the language of the reader, by name."""
    name = "english" if (get_language() or "de").startswith("en") else "code"
    return sorted(((f.code, getattr(f, name)) for f in FIELDS_OF_ACTION), key=lambda row: row[1])


class StartForm(forms.Form):
    """The six fields (decisions 42)."""

    title = forms.CharField(
        label=_("Wie heißt das Vorhaben?"),
        max_length=120,
        help_text=_("Kurz, zum Beispiel „Bäume nach Bedarf gießen“."),
    )
    field_of_action = forms.ChoiceField(label=_("Handlungsfeld"), choices=field_choices)
    goal = forms.CharField(
        label=_("Was soll besser werden?"),
        max_length=300,
        help_text=_("Ein Satz, den auch der Rat versteht."),
    )
    unit = forms.CharField(
        label=_("Welches Amt ist zuständig?"),
        max_length=120,
        help_text=_("Ein Amt oder Betrieb, keine Person."),
    )
    starts_on = day_field(_("Wann beginnt es?"), initial=timezone.localdate)
    solution = forms.CharField(
        label=_("Welche Lösung wird übernommen?"),
        max_length=200,
        required=False,
        widget=ProposalInput(list_solution_names),
        help_text=_("Name wie unter „Lösungen“, oder die Adresse der Seite. Leer heißt: keine."),
    )

    def clean_solution(self) -> Any:
        """Return the solution of a name, a short name or an address, None for none."""
        given = self.cleaned_data["solution"].strip()
        if not given:
            return None
        found = find_solution(given)
        if found is None:
            raise forms.ValidationError(
                _(
                    "Diese Lösung gibt es hier nicht. Bitte einen Namen aus der Liste wählen oder,"
                    " wenn mehrere so heißen, die Adresse ihrer Seite kopieren."
                )
            )
        return found


class ProjectForm(forms.Form):
    """Everything that may become known later; empty means that nobody knows yet."""

    title = forms.CharField(label=_("Titel"), max_length=120)
    field_of_action = forms.ChoiceField(label=_("Handlungsfeld"), choices=field_choices)
    goal = forms.CharField(label=_("Was soll besser werden?"), max_length=300)
    unit = forms.CharField(label=_("Zuständiges Amt"), max_length=120)
    starts_on = day_field(_("Beginn"))
    ends_on = day_field(_("Ende"), required=False)
    operator = forms.CharField(
        label=_("Wer betreibt es später?"),
        max_length=120,
        required=False,
        help_text=_("Amt, Betrieb, Zweckverband oder Dienstleister. Nötig vor dem Betrieb."),
    )
    financing = forms.ChoiceField(
        label=_("Wer bezahlt den Betrieb auf Dauer?"),
        help_text=_("Nötig vor dem Betrieb."),
    )
    sponsor = forms.CharField(
        label=_("Wer hat den Auftrag gegeben?"), max_length=120, required=False
    )
    beneficiaries = forms.CharField(label=_("Wem nützt es?"), max_length=200, required=False)
    benefit_kind = forms.ChoiceField(label=_("Art des Nutzens"), required=False)
    correction_reason = forms.CharField(
        label=_("Grund, wenn Sie nach dem Beginn ändern, wem es nützt"),
        max_length=200,
        required=False,
    )
    is_line_owned = known_field(
        _("Ist ein Fachamt zuständig, keine Projektgruppe?"),
    )
    strategy_goal = forms.CharField(
        label=_("Ziel einer beschlossenen Strategie"), max_length=200, required=False
    )
    budget_line = forms.CharField(label=_("Haushaltsstelle"), max_length=60, required=False)
    budget_is_permanent = known_field(
        _("Stehen die laufenden Kosten unbefristet im Ergebnishaushalt?"),
    )
    planned_eur = money_field(_("Geplante Kosten insgesamt (Euro)"))
    running_eur = money_field(_("Laufende Kosten im Jahr (Euro)"))
    standard = forms.CharField(
        label=_("Welchem Standard folgt es?"),
        max_length=160,
        required=False,
        help_text=_("Name und Fassung, zum Beispiel OGC SensorThings 1.1."),
    )
    is_conformant = known_field(_("Ist die Prüfung auf diesen Standard bestanden?"))
    available_percent = forms.DecimalField(
        label=_("Wie viele Einwohner können es nutzen? (Prozent)"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        help_text=_("Leer heißt: nicht bekannt."),
    )
    rhythm_months = forms.TypedChoiceField(label=_("Bericht"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["benefit_kind"].choices = [
            ("", gettext("noch nicht bekannt")),
            *((key, gettext(label)) for key, label in BENEFIT_LABELS.items()),
        ]
        for name in ("is_line_owned", "budget_is_permanent", "is_conformant"):
            fields[name].choices = [(k, gettext(v)) for k, v in YES_NO_LABELS.items()]
        fields["financing"].choices = [(k, gettext(v)) for k, v in FINANCING_LABELS.items()]
        fields["rhythm_months"].choices = [
            (1, gettext("jeden Monat")),
            (3, gettext("alle drei Monate")),
            (6, gettext("alle sechs Monate")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the standard that was passed."""
        given = super().clean() or {}
        if given.get("is_conformant") and not given.get("standard"):
            self.add_error("standard", _("Welcher Standard wurde geprüft?"))
        return given


class GateForm(forms.Form):
    """Passing a gate."""

    on = day_field(_("Am"), initial=timezone.localdate)
    note = forms.CharField(label=_("Bemerkung"), max_length=300, required=False)


class EndGateForm(forms.Form):
    """Ending a project."""

    on = day_field(_("Am"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Warum endet es?"),
        max_length=300,
        help_text=_("Beenden ist kein Scheitern. Der Grund hilft anderen."),
    )
    is_confirmed = forms.BooleanField(
        label=_("Ich weiß: Wer vor dem Ende der Zweckbindung endet, muss vielleicht zurückzahlen."),
        required=False,
    )


class GateDaysForm(forms.Form):
    """When gates are planned; only those still ahead are asked for."""

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for key in (key for key in GATES if key in keys):
            fields[key] = day_field(f"{key} · {gettext(GATE_LABELS[key])}", required=False)
