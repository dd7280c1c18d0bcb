"""Input of the pages: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import DayInput
from mehrwert.provision.rules import PhaseIndicator

OPEN = ""


class AnswerForm(forms.Form):
    """One question with three answers, and the document that proves it."""

    answer = forms.ChoiceField(label=_("Antwort"), widget=forms.RadioSelect, required=False)
    document_title = forms.CharField(
        label=_("Beleg"),
        required=False,
        max_length=200,
        help_text=_(
            "Zum Beispiel „Ratsbeschluss 2026/114“. Mit Beleg zählt die Antwort ganz,"
            " ohne nur halb."
        ),
    )
    document_on = forms.DateField(label=_("Datum des Belegs"), required=False, widget=DayInput)
    document_url = forms.URLField(
        label=_("Adresse des Belegs"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *given: Any, indicator: PhaseIndicator, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [
            ("2", gettext(indicator.full_words)),
            ("1", gettext(indicator.half_words)),
            ("0", gettext("nein")),
            (OPEN, gettext("noch offen")),
        ]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def clean_answer(self) -> int | None:
        """Return 0, 1 or 2 for 0, ½ and 1; None opens the question."""
        answer = self.cleaned_data["answer"]
        return int(answer) if answer != OPEN else None
