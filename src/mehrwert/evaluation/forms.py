"""Input of the pages: shape only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import DayInput, NumberField
from mehrwert.evaluation.choices import (
    AHEAD,
    CODES,
    DECISION_LABELS,
    FIRST_QUESTIONS,
    LEGAL_LABELS,
    MOMENT_QUESTIONS,
    QUESTIONS,
    ROLE_LABELS,
    SCALE_LABELS,
    SHAPE_LABELS,
    WIDER,
    Moment,
)
from mehrwert.evaluation.rules import parse_month
from mehrwert.portfolio.choices import BENEFIT_LABELS

MOST_LETTERS = 1_500
MONTH_HINT = _("Monat und Jahr, zum Beispiel 04/2025.")


def _labels(table: dict[str, str], *, empty: str = "") -> list[tuple[str, str]]:
    rows = [(key, gettext(label)) for key, label in table.items()]
    return [("", empty), *rows] if empty else rows


class MonthField(forms.CharField):
    """A month written 04/2025 or 2025-04; its value is the number of the month."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=10, **given)

    def clean(self, value: Any) -> Any:
        """Return the number of the month, None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_month(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("Bitte einen Monat eingeben, zum Beispiel 04/2025.")
            ) from error


class MonthNotesField(forms.CharField):
    """Lines „2020-03 Ausgangssperre“; its value maps months to words."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> Any:
        """Return month → words."""
        found = {}
        for line in str(super().clean(value) or "").splitlines():
            month, _space, words = line.strip().partition(" ")
            if not month:
                continue
            try:
                found[parse_month(month)] = words.strip() or "–"
            except ValueError as error:
                raise forms.ValidationError(
                    _("Bitte je Zeile einen Monat und Worte, zum Beispiel „03/2020 Sperrung“.")
                ) from error
        return found


class StartsField(forms.CharField):
    """Lines „05/2024 Nordheim“; its value lists months with words, in order."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> Any:
        """Return pairs of month and words."""
        found = []
        for line in str(super().clean(value) or "").splitlines():
            month, _space, words = line.strip().partition(" ")
            if not month:
                continue
            try:
                found.append((parse_month(month), words.strip()))
            except ValueError as error:
                raise forms.ValidationError(
                    _("Bitte je Zeile einen Monat und den Ort, zum Beispiel „05/2024 Nordheim“.")
                ) from error
        return found


class PlanForm(forms.Form):
    """Two questions first; the rest has a default."""

    goal = forms.CharField(
        label=_("Was soll besser werden?"),
        max_length=300,
        help_text=_("Ein Satz, zum Beispiel: Der Bauhof verbraucht weniger Gießwasser."),
    )
    solution = forms.CharField(
        label=_("Womit? Name der Lösung"),
        max_length=200,
        help_text=_("So, wie er in einem Satz stehen kann."),
    )
    entry = forms.ChoiceField(
        label=_("Eintrag im Katalog"),
        required=False,
        help_text=_(
            "Nur mit Eintrag werden Ihre Befunde mit denen anderer Kommunen zusammengefasst und bei"
            " der Lösung gezeigt. Fehlt er hier: auf der Seite der Lösung „Wirkung prüfen“ wählen."
        ),
    )
    datastream = forms.TypedChoiceField(
        label=_("Woran sieht man es? Messreihe der Kennzahl"), coerce=int
    )
    good_direction = forms.ChoiceField(
        label=_("Besser ist"), choices=[("down", _("weniger")), ("up", _("mehr"))]
    )
    sesoi_percent = forms.FloatField(
        label=_("Ab wie viel Unterschied lohnt es sich? (Prozent)"),
        min_value=0.1,
        max_value=90,
        localize=True,
        help_text=_("Kleinere Unterschiede gelten als „kein nennenswerter Unterschied“."),
    )
    start_month = MonthField(label=_("Erster Monat im vollen Betrieb"), help_text=MONTH_HINT)
    first_month = MonthField(label=_("Messwerte ab"), help_text=MONTH_HINT)
    last_month = MonthField(label=_("Messwerte bis"), help_text=MONTH_HINT)
    beneficiaries = forms.CharField(label=_("Wem nützt es?"), max_length=200, required=False)
    benefit_kind = forms.ChoiceField(label=_("Art des Nutzens"), required=False)
    scale = forms.ChoiceField(label=_("Die Kennzahl ist"))
    shape = forms.ChoiceField(label=_("Die Wirkung kommt"))
    ramp_months = forms.IntegerField(
        label=_("Bei „nach und nach“: Monate bis zur vollen Wirkung"),
        min_value=1,
        max_value=24,
        initial=1,
    )
    comparisons = forms.TypedMultipleChoiceField(
        label=_("Messreihen von Vergleichsorten ohne die Lösung"),
        coerce=int,
        required=False,
        help_text=_("Nur nach der Zeit vor dem Start und nach Merkmalen wählen. Ab drei."),
    )
    comparison_starts = StartsField(
        label=_("Vergleichsorte, die selbst begonnen haben"),
        required=False,
        help_text=_(
            "Je Zeile Monat und Ort, zum Beispiel „05/2024 Nordheim“. Sie zählen nur bis dahin als"
            " Vergleich; ihre eigene Wirkung wird mitgerechnet."
        ),
    )
    no_effect = forms.TypedChoiceField(
        label=_("Messreihe, bei der nichts passieren darf"),
        coerce=int,
        required=False,
        empty_value=None,
    )
    events = MonthNotesField(
        label=_("Was sonst noch geschah"),
        required=False,
        help_text=_("Je Zeile ein Monat und Worte, zum Beispiel „03/2020 Sperrung“."),
    )
    instrument_changes = MonthNotesField(label=_("Andere Messgeräte seit"), required=False)
    definition_breaks = MonthNotesField(
        label=_("Die Kennzahl wurde anders festgelegt im"), required=False
    )
    territory_changes = MonthNotesField(
        label=_("Gebietsreform oder neue Einwohnerzählung im"), required=False
    )
    is_count = forms.BooleanField(
        label=_("Die Kennzahl ist eine Anzahl (Unfälle, Fahrten, Anträge)"), required=False
    )
    is_proxy = forms.BooleanField(
        label=_("Die Kennzahl steht nur ersatzweise für das Ziel"), required=False
    )
    evaluator = forms.CharField(
        label=_("Wer wertet aus?"),
        max_length=120,
        required=False,
        help_text=_("Leer heißt: die Kommune selbst."),
    )
    baseline_waiver = forms.CharField(
        label=_("Ohne Ausgangswerte? Dann hier der Grund"), max_length=300, required=False
    )

    def __init__(
        self,
        *args: Any,
        series: list[tuple[int, str]],
        entries: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["entry"].choices = [("", gettext("kein Eintrag")), *entries]
        fields["datastream"].choices = series
        fields["comparisons"].choices = series
        fields["no_effect"].choices = [("", gettext("keine")), *series]
        fields["benefit_kind"].choices = _labels(BENEFIT_LABELS, empty=gettext("keine Angabe"))
        fields["scale"].choices = _labels(SCALE_LABELS)
        fields["shape"].choices = _labels(SHAPE_LABELS)

    def clean(self) -> dict[str, Any]:
        """Find the series of every town that began itself."""
        given: dict[str, Any] = super().clean() or {}
        chosen = set(given.get("comparisons") or ())
        names = {s: label for s, label in self.fields["comparisons"].choices if s in chosen}  # type: ignore[attr-defined]
        found: dict[int, int] = {}
        for month, words in given.get("comparison_starts") or ():
            fits = [s for s, label in names.items() if words and words.lower() in label.lower()]
            if len(fits) == 1:
                found[fits[0]] = month
                continue
            sentence = _("„%(place)s“ passt zu mehreren gewählten Messreihen.")
            if not fits:
                sentence = _("„%(place)s“ ist keine der gewählten Messreihen von Vergleichsorten.")
            error = forms.ValidationError(sentence, params={"place": words})
            self.add_error("comparison_starts", error)
        given["comparison_starts"] = found
        return given


class ResultForm(forms.Form):
    """What a person adds to the numbers."""

    not_measurable = forms.BooleanField(label=_("Das Ergebnis ist nicht messbar"), required=False)
    reason = forms.CharField(
        label=_("Grund, wenn nicht messbar"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deviations = forms.CharField(
        label=_("Was kam anders als geplant?"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Abweichungen vom Plan sind öffentlich."),
    )


class WithdrawalForm(forms.Form):
    """Why a public finding does not hold any more."""

    reason = forms.CharField(
        label=_("Warum gilt der Befund nicht mehr?"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Der Grund ist öffentlich. Bitte keine Namen von Personen."),
    )


class ReflectionForm(forms.Form):
    """One page, one role, one moment; the first questions stand open (decisions 48)."""

    role = forms.ChoiceField(label=_("Sie antworten für"))

    def __init__(
        self,
        *args: Any,
        roles: Sequence[str] = tuple(ROLE_LABELS),
        moment: str = Moment.END.value,
        wider: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [(role, gettext(ROLE_LABELS[role])) for role in roles]
        self.is_folded = moment == Moment.END
        self.asked = MOMENT_QUESTIONS[moment] + (WIDER if wider and self.is_folded else ())
        ahead = AHEAD if moment == Moment.START else {}
        for question in self.asked:
            self._add(question, ahead.get(question, QUESTIONS[question][0]))

    def _add(self, question: str, title: str) -> None:
        label, hint = f"{question} · {gettext(title)}", gettext(QUESTIONS[question][1])
        fields: dict[str, Any] = self.fields
        if question in CODES:
            choices = [("", gettext("keine Angabe"))]
            choices += [(code, gettext(words)) for code, words in CODES[question]]
            fields[f"{question}_code"] = forms.ChoiceField(
                label=label, choices=choices, required=False, help_text=hint
            )
            label, hint = gettext("Erläuterung zu %(id)s") % {"id": question}, ""
        fields[question] = forms.CharField(
            label=label,
            help_text=hint,
            required=False,
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _group(self, questions: Sequence[str]) -> list[forms.BoundField]:
        names = [name for q in questions for name in (f"{q}_code", q) if name in self.fields]
        return [self[name] for name in names]

    def open_fields(self) -> list[forms.BoundField]:
        """Return the role and the questions that everybody is asked."""
        asked = [q for q in self.asked if not self.is_folded or q in FIRST_QUESTIONS]
        return [self["role"], *self._group(asked)]

    def folded_fields(self) -> list[forms.BoundField]:
        """Return the questions for those who have more to say."""
        if not self.is_folded:
            return []
        return self._group([q for q in self.asked if q not in FIRST_QUESTIONS])

    @property
    def has_folded_words(self) -> bool:
        """Say whether one of the folded questions is answered already."""
        return any(field.value() for field in self.folded_fields())

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return question id → (code, text)."""
        found = self.cleaned_data
        return {q: (found.get(f"{q}_code", ""), found[q]) for q in self.asked}


class MoneyForm(forms.Form):
    """What it costs and what the outcome costs today; empty means: nobody knows yet."""

    yearly_base = NumberField(
        label=_("Was die Sache heute im Jahr kostet (Euro)"),
        min_value=0,
        required=False,
        help_text=_("Zum Beispiel Wasser und Fahrten zum heutigen Preis."),
    )
    invest = NumberField(label=_("Einmalige Kosten (Euro)"), min_value=0, required=False)
    yearly = NumberField(label=_("Laufende Kosten im Jahr (Euro)"), min_value=0, required=False)
    shared_invest = NumberField(
        label=_("Einmalige Kosten im Verbund (Euro)"), min_value=0, required=False
    )
    shared_yearly = NumberField(
        label=_("Laufende Kosten im Verbund im Jahr (Euro)"),
        min_value=0,
        required=False,
    )
    years = forms.IntegerField(label=_("Jahre"), min_value=1, max_value=30, initial=5)
    rate_percent = forms.FloatField(
        label=_("Zinssatz (Prozent)"),
        min_value=0,
        max_value=15,
        initial=0.9,
        localize=True,
        help_text=_("Bitte den geltenden Satz Ihres Hauses prüfen."),
    )
    affordable = forms.BooleanField(
        label=_("Die laufenden Kosten liegen im beschlossenen Haushaltsansatz"), required=False
    )
    must_by_law = forms.BooleanField(
        label=_("Die Aufgabe ist Pflicht; offen ist nur, wie sie erfüllt wird"), required=False
    )


class DecisionForm(MoneyForm):
    """What was decided."""

    decision = forms.ChoiceField(label=_("Entscheidung"))
    decided_on = forms.DateField(
        label=_("Entschieden am"),
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        initial=date.today,
    )
    body = forms.CharField(label=_("Gremium"), max_length=200, required=False)
    override_reason = forms.CharField(
        label=_("Grund, wenn anders als vorgeschlagen"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lesson = forms.CharField(
        label=_("Was andere daraus lernen können"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Steht öffentlich beim Befund. Bitte keine Namen von Personen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["decision"].choices = _labels(DECISION_LABELS)
        for name in MoneyForm.base_fields:
            fields[name].widget = forms.HiddenInput()


class LegalForm(forms.Form):
    """What law and data protection say."""

    light = forms.ChoiceField(label=_("Recht und Datenschutz"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["light"].choices = _labels(LEGAL_LABELS)
