"""The plan: two questions first, the rest has a default."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.evaluation.choices import SCALE_LABELS, SHAPE_LABELS
from mehrwert.evaluation.rules import parse_month
from mehrwert.portfolio.choices import BENEFIT_LABELS

MONTH_HINT = _("Monat und Jahr, zum Beispiel 04/2025.")


def labels(table: dict[str, str], *, empty: str = "") -> list[tuple[str, str]]:
    """Return choices in the language of the reader, with one for nothing if it has a name."""
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

    more_label = _("Mehr dazu: Vergleichsorte, Nutzen, was sonst noch geschah")
    more_fields = (
        *(
            "mechanism",
            "beneficiaries",
            "benefit_kind",
            "scale",
            "shape",
            "ramp_months",
            "comparisons",
        ),
        *("comparison_starts", "no_effect", "events", "instrument_changes", "definition_breaks"),
        *("territory_changes", "is_count", "exposure", "is_proxy", "evaluator", "baseline_waiver"),
    )

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
    mechanism = forms.CharField(
        label=_("Wie soll es dazu kommen?"),
        max_length=300,
        required=False,
        help_text=_(
            "In einem Satz, zum Beispiel: Die Fühler melden Trockenheit, gegossen wird nur dort."
        ),
    )
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
    exposure = forms.TypedChoiceField(
        label=_("Gezählt je …? Messreihe der Bezugsgröße"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_(
            "Nur bei einer Anzahl, zum Beispiel Fahrzeuge zu Unfällen. Gerechnet wird dann je"
            " Bezugsgröße; Monate ohne sie zählen nicht."
        ),
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
        fields["datastream"].choices = [("", gettext("bitte wählen")), *series]
        fields["comparisons"].choices = series
        fields["no_effect"].choices = [("", gettext("keine")), *series]
        fields["exposure"].choices = [("", gettext("keine")), *series]
        fields["benefit_kind"].choices = labels(BENEFIT_LABELS, empty=gettext("keine Angabe"))
        fields["scale"].choices = labels(SCALE_LABELS)
        fields["shape"].choices = labels(SHAPE_LABELS)

    def clean(self) -> dict[str, Any]:
        """Find the series of every town that began itself."""
        given: dict[str, Any] = super().clean() or {}
        self._check_order(given)
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

    def _check_order(self, given: dict[str, Any]) -> None:
        """Say at its field when a month stands on the wrong side of the start."""
        start, first, last = (given.get(f"{one}_month") for one in ("start", "first", "last"))
        if start is not None and first is not None and first >= start:
            self.add_error(
                "first_month",
                gettext("Die Messwerte beginnen vor dem ersten Monat im vollen Betrieb."),
            )
        if start is not None and last is not None and last < start:
            self.add_error(
                "last_month",
                gettext("Die Messwerte enden nach dem ersten Monat im vollen Betrieb."),
            )
