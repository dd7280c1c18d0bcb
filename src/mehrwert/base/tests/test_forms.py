"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from mehrwert.base.forms import AmountField, NumberField


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
