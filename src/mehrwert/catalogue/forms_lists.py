"""Forms of lists of measures: hand in a file, say what its columns hold and its words mean."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.base.forms import DayInput
from mehrwert.catalogue.list_files import MOST_BYTES
from mehrwert.catalogue.profile import field_of
from mehrwert.catalogue.rules.measures import CLOSED, TARGETS
from mehrwert.catalogue.wording import field_name

LEAVE_OUT = "–"


class ListFileForm(forms.Form):
    """A list of measures as a file."""

    datei = forms.FileField(
        label=_("Liste der Maßnahmen"),
        help_text=_("CSV, Excel (.xlsx) oder JSON, höchstens 1.000 Zeilen"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )

    def clean_datei(self) -> Any:
        """Refuse what is too large to be a list."""
        given = self.cleaned_data["datei"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß: höchstens 10 MB."))
        return given


class ColumnsForm(forms.Form):
    """What each column holds; one select per column, and the day of the list."""

    stand = forms.DateField(
        label=_("Von wann ist die Liste?"),
        help_text=_("Steht als „Stand“ an jedem Eintrag. Leer: Alter der Quelle unbekannt."),
        required=False,
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )

    def __init__(
        self, names: Sequence[str], targets: Sequence[str], *, data: Any = None, dated: str = ""
    ) -> None:
        super().__init__(data, initial={"stand": dated or None})
        options = [("", _("nicht übernehmen")), *((k, _(label)) for k, label in TARGETS.items())]
        self._names = [f"spalte{i}" for i in range(len(names))]
        for input_name, name, target in zip(self._names, names, targets, strict=False):
            self.fields[input_name] = forms.ChoiceField(
                label=name or _("ohne Überschrift"),
                choices=options,
                required=False,
                initial=target,
            )

    def clean_stand(self) -> date | None:
        """Refuse a day that is still to come."""
        given: date | None = self.cleaned_data["stand"]
        if given is not None and given > date.today():  # noqa: DTZ011 - a day in the future is wrong anywhere
            raise forms.ValidationError(_("Der Tag liegt in der Zukunft."))
        return given

    def columns(self) -> list[forms.BoundField]:
        """Return the selects in the order of the columns."""
        return [self[name] for name in self._names]

    def targets(self) -> list[str]:
        """Return what was chosen for each column."""
        return [self.cleaned_data[name] for name in self._names]


class WordsForm(forms.Form):
    """What the words of closed lists mean; one select per word that is not known."""

    def __init__(self, asked: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self._asked = {f"wort{i}": pair for i, pair in enumerate(asked)}
        for name, (pointer, word) in self._asked.items():
            options = [("", _("bitte wählen")), (LEAVE_OUT, _("leer lassen")), *_options(pointer)]
            self.fields[name] = forms.ChoiceField(label=word, choices=options, required=False)

    def lines(self) -> list[tuple[str, forms.BoundField]]:
        """Return (name of the field, select) per word."""
        found = []
        for name, (pointer, _word) in self._asked.items():
            field = field_of(pointer)
            found.append((field.german if field else pointer, self[name]))
        return found

    def answers(self) -> dict[tuple[str, str], str]:
        """Return what was answered; "leave empty" is the empty text."""
        given = {pair: self.cleaned_data[name] for name, pair in self._asked.items()}
        return {pair: "" if v == LEAVE_OUT else v for pair, v in given.items() if v}


def _options(pointer: str) -> list[tuple[str, Any]]:
    labels: Mapping[str, str] = CLOSED[pointer]
    if pointer == "/fields_of_action":
        return [(code, field_name(code)) for code in labels]
    return [(value, _(label)) for value, label in labels.items()]
