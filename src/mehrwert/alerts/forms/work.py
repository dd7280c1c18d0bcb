"""Input of the pages about rounds."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.alerts.actions import PlanChoice
from mehrwert.alerts.choices import SCOPE_LABELS, TASK_LABELS, PlanScope, TaskKind

MOST_PLACES = 1_000
_POSITION = re.compile(r"(-?\d{1,3}[.,]\d+)\s*[,;]?\s+(-?\d{1,3}[.,]\d+)|(-?\d+\.\d+),(-?\d+\.\d+)")


class PositionField(forms.CharField):
    """Latitude and longitude in degrees, as maps show them; empty = none."""

    def clean(self, value: Any) -> tuple[float, float] | None:  # type: ignore[override]
        """Return (longitude, latitude).

        Raises:
            ValidationError: These are no two numbers, or no place on earth.
        """
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = _POSITION.fullmatch(text)
        numbers = (
            [float(part.replace(",", ".")) for part in found.groups() if part] if found else []
        )
        if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise ValidationError(
                gettext("Bitte erst die Breite, dann die Länge, zum Beispiel 51,3012 10,2034.")
            )
        return numbers[1], numbers[0]


class PlanForm(forms.Form):
    """What is to be done when a rule is met."""

    title = forms.CharField(
        label=_("Name der Runde"), help_text=_("Zum Beispiel: Gießrunde Jungbäume."), max_length=120
    )
    kind = forms.TypedChoiceField(
        label=_("Art"),
        choices=lambda: [(kind.value, gettext(TASK_LABELS[kind])) for kind in TaskKind],
        coerce=TaskKind,
    )
    scope = forms.TypedChoiceField(
        label=_("Wohin"),
        choices=lambda: [(scope.value, gettext(SCOPE_LABELS[scope])) for scope in PlanScope],
        coerce=PlanScope,
        initial=PlanScope.WHERE_MEASURED.value,
    )
    advice = forms.CharField(
        label=_("Was an jedem Ort zu tun ist"),
        help_text=_("Zum Beispiel: 100 Liter je Baum, langsam."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start_name = forms.CharField(
        label=_("Die Runde beginnt bei"),
        help_text=_("Zum Beispiel: Bauhof."),
        max_length=120,
        required=False,
    )
    start = PositionField(
        label=_("Lage des Anfangs"),
        help_text=_("Breite und Länge in Grad. Leer: Die Runde beginnt, wo es am besten passt."),
        required=False,
        max_length=60,
    )
    returns = forms.BooleanField(label=_("und endet wieder dort"), required=False, initial=True)
    things = forms.TypedMultipleChoiceField(
        label=_("Feste Orte der Runde"),
        help_text=_("Nur für „immer alle gewählten Messstellen“."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, things: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["things"].choices = things  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the places of a round that always goes to all of them."""
        given = super().clean() or {}
        is_fixed = given.get("scope") is PlanScope.ALL_PLACES
        if is_fixed and not given.get("things") and "things" not in self.errors:
            self.add_error("things", gettext("Bitte wählen Sie mindestens einen Ort."))
        if len(given.get("things") or ()) > MOST_PLACES:
            self.add_error("things", gettext("Bitte höchstens %(n)s Orte.") % {"n": MOST_PLACES})
        return given

    def to_choice(self) -> PlanChoice:
        """Return what was chosen."""
        given = self.cleaned_data
        is_fixed = given["scope"] is PlanScope.ALL_PLACES
        return PlanChoice(
            title=given["title"],
            kind=given["kind"],
            scope=given["scope"],
            thing_ids=tuple(given["things"]) if is_fixed else (),
            advice=given["advice"],
            start_name=given["start_name"],
            start=given["start"],
            returns=given["returns"],
        )


def initial_plan(choice: PlanChoice) -> dict[str, Any]:
    """Return a plan as its form shows it."""
    start = choice.start
    return {
        "title": choice.title,
        "kind": choice.kind.value,
        "scope": choice.scope.value,
        "advice": choice.advice,
        "start_name": choice.start_name,
        "start": "" if start is None else f"{start[1]:.5f} {start[0]:.5f}".replace(".", ","),
        "returns": choice.returns,
        "things": list(choice.thing_ids),
    }
