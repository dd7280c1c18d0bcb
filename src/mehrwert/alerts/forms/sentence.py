"""Input of the pages: the sentence with blanks, a note."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.alerts.actions import RuleChoice
from mehrwert.alerts.choices import KIND_LABELS, SEVERITY_LABELS, RuleKind, Severity
from mehrwert.alerts.errors import EXPRESSION_REASONS, ExpressionError
from mehrwert.alerts.forms.addresses import AddressesField, is_typed
from mehrwert.alerts.rules import parse
from mehrwert.base.forms import NumberField

NEEDS_WINDOW = (RuleKind.RISES, RuleKind.FALLS, RuleKind.STUCK)
NEEDS_LIMIT = (RuleKind.ABOVE, RuleKind.BELOW, RuleKind.RISES, RuleKind.FALLS)


class RuleForm(forms.Form):
    """„Wenn … über …, länger als …, dann … an …“."""

    datastream = forms.TypedChoiceField(label=_("Wenn die Messreihe"), coerce=int)
    kind = forms.TypedChoiceField(
        label=_("Bedingung"),
        choices=lambda: [(kind.value, gettext(KIND_LABELS[kind])) for kind in RuleKind],
        coerce=RuleKind,
    )
    threshold = NumberField(
        label=_("Grenze"),
        help_text=_("In der Einheit der Messreihe; bei „schnell“ die Änderung im Zeitraum."),
        required=False,
    )
    window_min = forms.IntegerField(
        label=_("Zeitraum in Minuten"),
        help_text=_("Für „schnell steigt“, „schnell fällt“ und „sich nicht mehr ändert“."),
        min_value=1,
        max_value=44_640,
        required=False,
    )
    hold_min = forms.IntegerField(
        label=_("länger als, in Minuten"),
        help_text=_("So lange muss es anhalten, und so lange muss es vorbei sein. 0 = sofort."),
        min_value=0,
        max_value=44_640,
        initial=0,
    )
    hysteresis = NumberField(
        label=_("Abstand zum Ende"),
        help_text=_("Erst so weit hinter der Grenze gilt es als vorbei. Verhindert Flattern."),
        min_value=0,
        initial=0,
        required=False,
    )
    severity = forms.TypedChoiceField(
        label=_("dann"),
        choices=lambda: [
            (severity.value, gettext(SEVERITY_LABELS[severity])) for severity in Severity
        ],
        coerce=Severity,
        initial=Severity.WARNING.value,
    )
    recipients = AddressesField(
        label=_("an"),
        help_text=_("Mailadressen oder Handynummern, eine je Zeile. Auf der Seite steht es immer."),
    )
    targets = forms.MultipleChoiceField(
        label=_("und an"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(
        label=_("Name der Regel"), help_text=_("Steht im Betreff der Mail."), max_length=120
    )
    advice = forms.CharField(
        label=_("Was dann zu tun ist"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    escalate_to = AddressesField(
        label=_("Wenn niemand antwortet, auch an"),
        help_text=_("Mailadressen oder Handynummern, eine je Zeile."),
    )
    escalate_targets = forms.MultipleChoiceField(
        label=_("oder an"), required=False, widget=forms.CheckboxSelectMultiple
    )
    escalate_min = forms.IntegerField(
        label=_("nach Minuten"), min_value=1, max_value=10_080, required=False
    )
    quiet_from = forms.TimeField(
        label=_("Nachtruhe ab"),
        help_text=_("Hinweise und Warnungen warten, ein Alarm nicht. Zum Beispiel 22:00."),
        required=False,
    )
    quiet_until = forms.TimeField(label=_("Nachtruhe bis"), required=False)
    expression = forms.CharField(
        label=_("Bedingung über mehrere Messreihen"),
        help_text=_(
            "A ist die Messreihe oben. Zum Beispiel: A > 0,6 und Summe(B; 60) >= 5. Auch Mittel,"
            " Minimum, Maximum und Anstieg sehen so viele Minuten zurück."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    second = forms.TypedChoiceField(label=_("B ist"), coerce=int, required=False, empty_value=None)
    third = forms.TypedChoiceField(label=_("C ist"), coerce=int, required=False, empty_value=None)
    damage_value = NumberField(
        label=_("Ab welchem Wert beginnt der Schaden?"),
        help_text=_("Dann zeigt die Prüfung an der Vergangenheit Treffer und Fehlalarme."),
        required=False,
    )

    plan = forms.TypedChoiceField(
        label=_("und diese Aufgabe"),
        help_text=_("Die Messstelle kommt dann in die nächste Runde, zum Beispiel zum Gießen."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(
        self,
        *args: Any,
        series: list[tuple[int, str]],
        plans: list[tuple[int, str]],
        targets: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [("", gettext("keine")), *plans]  # type: ignore[attr-defined]
        for name in ("targets", "escalate_targets"):
            self.fields[name].choices = targets  # type: ignore[attr-defined]
        for name in ("threshold", "window_min"):
            # whether it is needed depends on the kind: "optional" would mislead
            self.fields[name].depends_on_others = True  # type: ignore[attr-defined]
        first = [("", gettext("bitte wählen")), *series] if len(series) > 1 else series
        self.fields["datastream"].choices = first  # type: ignore[attr-defined]
        for name in ("second", "third"):
            self.fields[name].choices = [("", "–"), *series]  # type: ignore[attr-defined]

    def clean_expression(self) -> str:
        """Read the condition, so that a mistake is told with its place."""
        text = str(self.cleaned_data["expression"]).strip()
        if text:
            try:
                parse(text)
            except ExpressionError as error:
                sentence = EXPRESSION_REASONS[str(error.data["reason"])]
                raise ValidationError(gettext(sentence) % {"at": error.data["at"]}) from None
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen condition needs."""
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in NEEDS_LIMIT and given.get("threshold") is None:
            self._ask("threshold", gettext("Bitte nennen Sie die Grenze."))
        if kind in NEEDS_WINDOW and not given.get("window_min"):
            self._ask("window_min", gettext("Bitte nennen Sie den Zeitraum."))
        if kind is RuleKind.COMBINED and not given.get("expression"):
            self._ask("expression", gettext("Bitte nennen Sie die Bedingung."))
        if kind is RuleKind.SILENT and not given.get("hold_min"):
            self._ask("hold_min", gettext("Bitte nennen Sie, wie lange Stille erlaubt ist."))
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self._ask("quiet_until", gettext("Bitte nennen Sie Anfang und Ende der Nachtruhe."))
        is_escalated = given.get("escalate_to") or given.get("escalate_targets")
        if is_escalated and not given.get("escalate_min"):
            self._ask("escalate_min", gettext("Bitte nennen Sie, nach wie vielen Minuten."))
        return given

    def _ask(self, field: str, sentence: str) -> None:
        if field not in self.errors:
            self.add_error(field, sentence)

    def to_choice(self) -> RuleChoice:
        """Return what was chosen."""
        given = self.cleaned_data
        has_window, is_combined = given["kind"] in NEEDS_WINDOW, given["kind"] is RuleKind.COMBINED
        others = (("B", given["second"]), ("C", given["third"])) if is_combined else ()
        return RuleChoice(
            title=given["title"],
            kind=given["kind"],
            threshold=given["threshold"] or 0.0,
            hysteresis=given["hysteresis"] or 0.0,
            hold_s=given["hold_min"] * 60,
            window_s=(given["window_min"] or 0) * 60 if has_window else 0,
            expression=given["expression"] if is_combined else "",
            others=tuple((name, series) for name, series in others if series is not None),
            damage_value=given["damage_value"],
            severity=given["severity"],
            advice=given["advice"],
            recipients=(*given["recipients"], *given["targets"]),
            escalate_to=(*given["escalate_to"], *given["escalate_targets"]),
            escalate_after_s=(given["escalate_min"] or 0) * 60,
            quiet_from=given["quiet_from"],
            quiet_until=given["quiet_until"],
            plan_id=given["plan"],
        )


def initial_of(choice: RuleChoice, datastream_id: int) -> dict[str, Any]:
    """Return a rule as its form shows it."""
    return {
        "datastream": datastream_id,
        "title": choice.title,
        "kind": choice.kind.value,
        "threshold": choice.threshold,
        "hysteresis": choice.hysteresis,
        "hold_min": choice.hold_s // 60,
        "window_min": choice.window_s // 60 or None,
        "expression": choice.expression,
        "second": dict(choice.others).get("B"),
        "third": dict(choice.others).get("C"),
        "damage_value": choice.damage_value,
        "severity": choice.severity.value,
        "advice": choice.advice,
        "recipients": "\n".join(a for a in choice.recipients if is_typed(a)),
        "targets": [a for a in choice.recipients if not is_typed(a)],
        "escalate_to": "\n".join(a for a in choice.escalate_to if is_typed(a)),
        "escalate_targets": [a for a in choice.escalate_to if not is_typed(a)],
        "escalate_min": choice.escalate_after_s // 60 or None,
        "quiet_from": choice.quiet_from,
        "quiet_until": choice.quiet_until,
        "plan": choice.plan_id,
    }


class NoteForm(forms.Form):
    """What was the matter."""

    note = forms.CharField(
        label=_("Was war der Grund, was wurde getan?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
