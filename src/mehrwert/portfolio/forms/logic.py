"""Steps and arrows of the logic model."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.portfolio.choices.logic import CLASS_LABELS, STEP_LABELS
from mehrwert.portfolio.forms.reports import words


class StepForm(forms.Form):
    """One step of the chain."""

    kind = forms.ChoiceField(label=_("Was ist das?"), choices=lambda: words(STEP_LABELS))
    text = forms.CharField(
        label=_("In wenigen Worten"),
        max_length=160,
        help_text=_("Zum Beispiel: Fühler messen die Bodenfeuchte an 40 Bäumen."),
    )
    indicator = forms.TypedChoiceField(
        label=_("Welche Kennzahl misst es?"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, *args: Any, indicators: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["indicator"].choices = [("", gettext("keine")), *indicators]


class AssumptionForm(forms.Form):
    """Why one step should lead to another, and how well that is known."""

    assumption = forms.CharField(
        label=_("Warum soll das eine zum anderen führen?"),
        max_length=300,
        help_text=_("Die Annahme in einem Satz, so dass jemand widersprechen kann."),
    )
    evidence_class = forms.TypedChoiceField(
        label=_("Wie gut ist das belegt?"),
        choices=lambda: words(CLASS_LABELS),
        coerce=int,
        initial=0,
    )
    source = forms.CharField(
        label=_("Wer hat das wo gezeigt?"),
        max_length=300,
        required=False,
        help_text=_("Nötig ab Stufe 1: Titel und Jahr, oder die Adresse des Befunds."),
    )


class ArrowForm(AssumptionForm):
    """A new arrow."""

    start = forms.TypedChoiceField(label=_("Von"), coerce=int)
    end = forms.TypedChoiceField(label=_("Zu"), coerce=int)
    field_order = ("start", "end", "assumption", "evidence_class", "source")

    def __init__(self, *args: Any, steps: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["start"].choices = fields["end"].choices = list(steps)
