"""What a package from the own setup is called, and what goes into it (TRF-210)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import NumberField
from mehrwert.catalogue.choices import FIELDS_OF_ACTION
from mehrwert.catalogue.models import Solution
from mehrwert.evaluation.models import Evaluation
from mehrwert.observations.queries import ThingRow
from mehrwert.starters.harvesting import Chosen, Described
from mehrwert.starters.rules.pieces import slug_of


class BuildForm(forms.Form):
    """Name and purpose, stations, the evaluation, the effort."""

    title = forms.CharField(label=_("Wie heißt das Paket?"), min_length=3, max_length=50)
    tagline = forms.CharField(label=_("Was tut es? Ein Satz."), min_length=10, max_length=150)
    problem = forms.CharField(
        label=_("Welches Problem löst es?"), max_length=700, widget=forms.Textarea({"rows": 3})
    )
    field = forms.ChoiceField(label=_("Handlungsfeld"))
    solution = forms.SlugField(
        label=_("Lösung im Katalog"),
        required=False,
        help_text=_("Der Name in ihrer Adresse, etwa „smart-village-app“. Leer: eine neue."),
    )
    things = forms.MultipleChoiceField(
        label=_("Messstellen"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Gleichartige werden eine, mit einer Liste von Orten. Regeln gehen mit."),
    )
    evaluation = forms.ChoiceField(
        label=_("Bewertung, deren Plan mitgeht"),
        help_text=_("Damit misst, wer das Paket übernimmt, auf dieselbe Weise."),
    )
    with_readings = forms.BooleanField(
        label=_("Eigene Messwerte als Beispieldaten beilegen (nur offene und interne Reihen)"),
        required=False,
    )
    hours_setup = NumberField(
        label=_("Stunden zum Einrichten"), min_value=0, max_value=10_000, initial=8
    )
    hours_per_month = NumberField(
        label=_("Stunden im Monat"), min_value=0, max_value=1000, initial=2
    )

    def __init__(
        self, data: Any, things: Sequence[ThingRow], evaluations: Sequence[Evaluation]
    ) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["field"].choices = [(one.code, one.code) for one in FIELDS_OF_ACTION]
        fields["things"].choices = [(str(one.id), one.name) for one in things]
        self._evaluations = {str(row.pk): row for row in evaluations}
        fields["evaluation"].choices = [(key, row.title) for key, row in self._evaluations.items()]

    def clean_solution(self) -> str:
        """Return the address of a solution that the catalogue knows, or nothing."""
        slug = str(self.cleaned_data["solution"])
        if slug and not Solution.objects.filter(slug=slug).exists():
            raise forms.ValidationError(gettext("Diese Lösung steht nicht im Katalog."))
        return slug

    def told(self) -> Described:
        """Return what was said of the package."""
        given = self.cleaned_data
        return Described(
            slug=slug_of(given["title"])[:50].strip("-"),
            **{name: given[name] for name in Described.__slots__ if name != "slug"},
        )

    def chosen(self) -> Chosen:
        """Return what goes along."""
        given = self.cleaned_data
        return Chosen(
            thing_ids=[int(key) for key in given["things"]],
            evaluation=self._evaluations[given["evaluation"]],
            with_readings=given["with_readings"],
        )
