"""Three answers for a report; corrections; decisions; risks."""

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.clock import now_us
from mehrwert.portfolio.choices.reports import (
    CHECK_LABELS,
    CORRECTABLE,
    RISK_SIZE_LABELS,
    STATED_LABELS,
)
from mehrwert.portfolio.forms.projects import day_field, money_field

BEGUN = "portfolio.report.begun"
# whoever takes longer went away in between
LONGEST_S = 4 * 3600


def begun_now() -> str:
    """Return the present as the form keeps it; nobody can change it."""
    return signing.dumps(now_us(), salt=BEGUN)


def words(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Return choices in the language of the reader."""
    return [(key, gettext(label)) for key, label in labels.items()]


class ReportForm(forms.Form):
    """The three questions of a report: how is it, what does it cost, what do you need."""

    stated = forms.ChoiceField(
        label=_("1. Wie steht es?"), widget=forms.RadioSelect, choices=lambda: words(STATED_LABELS)
    )
    sentence = forms.CharField(label=_("In einem Satz"), max_length=300)
    actual_eur = money_field(_("2. Bisher ausgegeben (Euro)"))
    forecast_eur = money_field(
        _("Erwartet am Ende (Euro)"), help_text=_("Leer heißt: nicht bekannt.")
    )
    question = forms.CharField(
        label=_("3. Was muss jemand entscheiden?"),
        max_length=160,
        required=False,
        help_text=_("Leer heißt: nichts. Sonst bitte auch wer und bis wann."),
    )
    why = forms.CharField(label=_("Warum, in einem Satz"), max_length=300, required=False)
    body = forms.CharField(label=_("Wer entscheidet?"), max_length=120, required=False)
    until = day_field(_("Bis wann?"), required=False)
    begun = forms.CharField(required=False, widget=forms.HiddenInput)

    def seconds(self) -> int | None:
        """Return how long the form was open; None where nobody can say, or somebody left it."""
        try:
            begun = signing.loads(str(self.cleaned_data.get("begun", "")), salt=BEGUN)
        except signing.BadSignature:
            return None
        taken = (now_us() - int(begun)) // 1_000_000
        return taken if 0 <= taken <= LONGEST_S else None

    def clean(self) -> dict[str, Any]:
        """Ask for body and day where something is to be decided."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("question"):
            for name in ("body", "until"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Bitte sagen Sie, wer bis wann entscheidet."))
        return given


class CorrectionForm(forms.Form):
    """What was wrong in a delivered report."""

    field = forms.ChoiceField(label=_("Was war falsch?"), choices=lambda: words(CORRECTABLE))
    new = forms.CharField(label=_("Richtig ist"), max_length=300)
    reason = forms.CharField(label=_("Grund"), max_length=300)


class DecisionNeededForm(forms.Form):
    """Something somebody must decide."""

    question = forms.CharField(label=_("Was ist zu entscheiden?"), max_length=160)
    why = forms.CharField(label=_("Warum, in einem Satz"), max_length=300, required=False)
    body = forms.CharField(label=_("Wer entscheidet?"), max_length=120)
    until = day_field(_("Bis wann?"))


class OutcomeForm(forms.Form):
    """What was decided."""

    outcome = forms.CharField(label=_("Was wurde entschieden?"), max_length=300)
    on = day_field(_("Am"), initial=timezone.localdate)
    used = forms.TypedMultipleChoiceField(
        label=_("Welche Kennzahlen lagen vor?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Die Entscheidung steht dann auch auf der Seite der Kennzahl."),
    )

    def __init__(self, *args: Any, indicators: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if indicators:
            fields["used"].choices = indicators
        else:
            del fields["used"]


class EraseForm(forms.Form):
    """Why the content of a report is erased."""

    reason = forms.CharField(
        label=_("Warum wird der Inhalt gelöscht?"),
        max_length=300,
        help_text=_("Der Grund steht im Protokoll. Bitte dort nicht nennen, was gelöscht wird."),
    )
    is_sure = forms.BooleanField(
        label=_("Ich weiß: Das lässt sich nicht zurückholen. Die Prüfsumme bleibt.")
    )


class RiskForm(forms.Form):
    """What may go wrong."""

    text = forms.CharField(label=_("Was kann schiefgehen?"), max_length=300)
    size = forms.ChoiceField(label=_("Wie groß?"), choices=lambda: words(RISK_SIZE_LABELS))
    since = day_field(_("Seit wann?"), initial=timezone.localdate)


class MeasureForm(forms.Form):
    """What is done about a risk."""

    text = forms.CharField(label=_("Was wird getan?"), max_length=300)
    responsible = forms.CharField(
        label=_("Wer kümmert sich?"), max_length=120, help_text=_("Ein Amt oder eine Rolle.")
    )
    since = day_field(_("Seit wann?"), initial=timezone.localdate)


class CheckForm(forms.Form):
    """Did it help?"""

    effect = forms.ChoiceField(label=_("Hat es geholfen?"), choices=lambda: words(CHECK_LABELS))
    on = day_field(_("Geprüft am"), initial=timezone.localdate)
    note = forms.CharField(label=_("Bemerkung"), max_length=300, required=False)


class CloseForm(forms.Form):
    """A risk is gone."""

    reason = forms.CharField(label=_("Warum besteht es nicht mehr?"), max_length=300)
    on = day_field(_("Seit"), initial=timezone.localdate)
