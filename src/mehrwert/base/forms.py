"""Forms of the foundation, and how all forms look: the option ``FORM_RENDERER`` of Django."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import isfinite
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.base.journal_words import kind_word, kinds
from mehrwert.base.marks import mark

MOST_LETTERS = 50_000
# language → digits in groups of three, then perhaps a decimal part
GROUPED = {
    "de": re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?"),
    "en": re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?"),
}
SEPARATOR = {"de": ".", "en": ","}


# the most exact kind first: for Django every number is a kind of whole number
INVALID: dict[type[forms.Field], str] = {
    forms.DecimalField: mark("Bitte eine Zahl eingeben, zum Beispiel 12,5."),
    forms.FloatField: mark("Bitte eine Zahl eingeben, zum Beispiel 12,5."),
    forms.IntegerField: mark("Bitte eine ganze Zahl eingeben, zum Beispiel 12."),
    forms.TimeField: mark("Bitte eine Uhrzeit eingeben, zum Beispiel 07:30."),
    forms.DateField: mark("Bitte ein Datum eingeben, zum Beispiel 31.12.2026."),
    forms.EmailField: mark("Bitte eine Mailadresse eingeben, zum Beispiel bauhof@stadt.example."),
    forms.URLField: mark("Bitte eine Adresse eingeben, zum Beispiel https://stadt.example."),
}


class NamedField(forms.BoundField):
    """A field whose errors say what to do, in place of the sentences of Django.

    What a field says in words of its own stays. A missing answer is named, since the sentence also
    stands alone, above the form.
    """

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.label = str(self.label)
        for code, sentence in _sentences(field, self.label):
            if field.error_messages.get(code) is _of_django(field, code):
                field.error_messages[code] = sentence


class Renderer(TemplatesSetting):
    """Error summary on top, then label, hint, input, error."""

    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
    bound_field_class = NamedField


class ProposalInput(forms.TextInput):
    """A line of text with proposals below it (``datalist``): works without JavaScript."""

    template_name = "base/forms/proposals.html"

    def __init__(self, proposals: Any = ()) -> None:
        """Take texts, or a function that returns them when the form is shown."""
        super().__init__(attrs={"autocomplete": "off"})
        self.proposals = proposals

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the proposals."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}-list"
        widget["proposals"] = [
            str(text) for text in (self.proposals() if callable(self.proposals) else self.proposals)
        ]
        return context


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"


class _TypedNumber:
    """A number as people type it: ``20.000`` is twenty thousand in German, ``20,000`` in English.

    ``0.500`` is a half in both. Blanks and a sign of the currency may stand in it; empty is
    unknown, never nought.
    """

    widget = forms.TextInput

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"localize": True, **given})

    def to_python(self, value: Any) -> Any:
        """Take the signs between thousands out before the number is read."""
        if isinstance(value, str):
            language = "en" if (get_language() or "de").startswith("en") else "de"
            value = re.sub(r"[\s€\u00a0\u202f]", "", value)
            if GROUPED[language].fullmatch(value):
                value = value.replace(SEPARATOR[language], "")
        return super().to_python(value)  # type: ignore[misc]

    def prepare_value(self, value: Any) -> Any:
        """Show ``260`` for 260.0; what somebody typed stays as it is."""
        if isinstance(value, float | Decimal) and isfinite(value) and value == int(value):
            value = int(value)
        return super().prepare_value(value)  # type: ignore[misc]


class AmountField(_TypedNumber, forms.DecimalField):
    """An exact amount, such as euros."""


class NumberField(_TypedNumber, forms.FloatField):
    """A measured or computed number, such as a limit."""


def _sentences(field: forms.Field, label: str) -> Iterator[tuple[str, str]]:
    """Yield what to say of each kind of error of a field."""
    yield "required", _missing(field) % {"label": label.replace("„", "‚").replace("“", "‘")}
    yield (
        "max_length",
        gettext(
            "Das ist zu lang: bitte höchstens %(limit_value)s Zeichen, es sind %(show_value)s."
        ),
    )
    for kind, sentence in INVALID.items():
        if isinstance(field, kind):
            yield "invalid", gettext(sentence)
            break
    yield "invalid_choice", gettext("Das steht nicht zur Wahl. Bitte wählen Sie eine Möglichkeit.")


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return gettext("Bitte bestätigen Sie: „%(label)s“.")
    if isinstance(field, forms.FileField):
        return gettext("Bitte wählen Sie bei „%(label)s“ eine Datei aus.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return gettext("Bitte wählen Sie bei „%(label)s“ etwas aus.")
    return gettext("Bitte füllen Sie „%(label)s“ aus.")


def _of_django(field: forms.Field, code: str) -> Any:
    """Return the sentence that Django gives a kind of field by default."""
    for kind in type(field).__mro__:
        if kind.__module__.startswith("django.") and code in vars(kind).get(
            "default_error_messages", {}
        ):
            return vars(kind)["default_error_messages"][code]
    return None


def _kind_choices() -> list[tuple[str, str]]:
    found = sorted((kind_word(kind), kind) for kind in kinds())
    return [("", str(_("alle"))), *((kind, word) for word, kind in found)]


class AuditFilterForm(forms.Form):
    """What the audit page narrows down by."""

    art = forms.ChoiceField(label=_("Woran"), choices=_kind_choices, required=False)
    person = forms.CharField(label=_("Person"), max_length=100, required=False)
    suche = forms.CharField(label=_("Bezeichnung"), max_length=100, required=False)
    von = forms.DateField(
        label=_("von"),
        required=False,
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    bis = forms.DateField(
        label=_("bis"),
        required=False,
        widget=DayInput(format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


class LegalTextForm(forms.Form):
    """The text of a legal page."""

    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_LETTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "class": "tall"}),
        help_text=_(
            "Eine Leerzeile trennt Absätze. „## “ macht eine Überschrift, „- “ eine Liste, "
            "**zwei Sterne** machen fett, [Wort](https://…) einen Link. Leer: unser Entwurf."
        ),
    )

    def clean_text(self) -> Any:
        """Keep lines, drop what surrounds them."""
        return self.cleaned_data["text"].strip()
