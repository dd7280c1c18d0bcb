"""Result, review, decision: shape only."""

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
    MOMENT_LABELS,
    MOMENT_QUESTIONS,
    QUESTIONS,
    ROLE_LABELS,
    WIDER,
    Moment,
)
from mehrwert.evaluation.forms.plan import labels

MOST_LETTERS = 1_500


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


class VoiceForm(forms.Form):
    """Who is asked without an account, for which role and when."""

    label = forms.CharField(
        label=_("Wen laden Sie ein?"),
        max_length=80,
        help_text=_("Amt oder Gruppe, zum Beispiel „Kämmerei Lindau“. Bitte keine Namen."),
    )
    role = forms.ChoiceField(label=_("Antwortet für"))
    moment = forms.ChoiceField(label=_("Anlass"), initial=Moment.END.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_voice_%s", **kwargs})
        fields: dict[str, Any] = self.fields
        fields["role"].choices = labels(ROLE_LABELS)
        fields["moment"].choices = labels(MOMENT_LABELS)


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
    within_limit = forms.BooleanField(
        label=_("Die Kosten je erreichter Einheit liegen in der Grenze unseres Hauses"),
        required=False,
        help_text=_("Nur ankreuzen, wenn es eine beschlossene Grenze gibt."),
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
        fields["decision"].choices = labels(DECISION_LABELS)
        for name in MoneyForm.base_fields:
            fields[name].widget = forms.HiddenInput()


class LegalForm(forms.Form):
    """What law and data protection say."""

    light = forms.ChoiceField(label=_("Recht und Datenschutz"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["light"].choices = labels(LEGAL_LABELS)
