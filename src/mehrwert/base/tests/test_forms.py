"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from mehrwert.base.forms import AmountField, DayInput, NumberField


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("de", "20.000", "20000"),
        ("de", "1.234.567,5", "1234567.5"),
        ("de", "0,8", "0.8"),
        ("de", "0.800", "0.8"),
        ("de", "12.5", "12.5"),
        ("de", "-1.200 €", "-1200"),
        ("en", "20,000", "20000"),
        ("en", "20,000.5", "20000.5"),
    ],
)
def test_numbers_are_read_as_people_type_them(language, typed, number):
    """A limit of a thousand read as one would alarm for ever."""
    with override(language):
        assert NumberField().clean(typed) == float(number)
        assert AmountField().clean(typed) == Decimal(number)


def test_nothing_typed_is_unknown_and_words_are_refused():
    assert NumberField(required=False).clean(" ") is None
    assert AmountField(required=False).clean("") is None
    for field in (NumberField(), AmountField()):
        with pytest.raises(ValidationError):
            field.clean("zwanzig")


class Order(forms.Form):
    place = forms.CharField(label="Ort")
    day = forms.DateField(label="Tag", widget=DayInput)
    kind = forms.ChoiceField(label="Art", choices=[("tree", "Baum")])
    amount = AmountField(label="Menge")
    litres = forms.IntegerField(label="Liter")
    time = forms.TimeField(label="Wechsel „um“")
    short = forms.CharField(label="Kurz", max_length=3)
    own = forms.CharField(error_messages={"required": "Ohne Grund geht es nicht."})


def test_an_error_names_its_field_and_the_next_step():
    """UX-58: a missing answer is named, and what somebody typed wrong has an example."""
    given = {"day": "morgen", "kind": "bush", "amount": "viel", "litres": "wenig", "short": "lang"}
    with override("de"):
        form = Order(given)
        told = {name: errors[0] for name, errors in form.errors.items()}
        page = str(form)
    assert told == {
        "place": "Bitte füllen Sie „Ort“ aus.",
        "day": "Bitte ein Datum eingeben, zum Beispiel 31.12.2026.",
        "kind": "Das steht nicht zur Wahl. Bitte wählen Sie eine Möglichkeit.",
        "amount": "Bitte eine Zahl eingeben, zum Beispiel 12,5.",
        "litres": "Bitte eine ganze Zahl eingeben, zum Beispiel 12.",
        "time": "Bitte füllen Sie „Wechsel ‚um‘“ aus.",
        "short": "Das ist zu lang: bitte höchstens 3 Zeichen, es sind 4.",
        "own": "Ohne Grund geht es nicht.",
    }
    assert "Ort: Bitte füllen" not in page
    assert "Tag: Bitte ein Datum" in page
    with override("en"):
        assert Order({}).errors["kind"] == ["Please choose something for “Art”."]


class Folded(forms.Form):
    place = forms.CharField(label="Ort")
    note = forms.CharField(label="Notiz", max_length=3, required=False)
    unit = forms.CharField(label="Einheit", max_length=3, required=False)
    more_fields = ("note", "unit")
    more_label = "Mehr dazu"


def test_what_is_rarely_needed_is_folded_away_and_open_where_it_is_wrong():
    assert "<details" not in str(Order())
    page = str(Folded())
    assert (
        page.index("Ort") < page.index("<details") < page.index("Mehr dazu") < page.index("Notiz")
    )
    assert page.count("Notiz") == 1
    assert " open>" not in page
    assert " open>" not in str(Folded({}))
    wrong = str(Folded({"place": "x", "note": "lang", "unit": "lang"}))
    assert wrong.count(" open>") == 1
