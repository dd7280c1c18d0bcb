"""Euros as people type them: 20.000 is twenty thousand in German, 20,000 in English."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language

# language → digits in groups of three, then perhaps a decimal part
GROUPED = {
    "de": re.compile(r"^-?\d{1,3}(\.\d{3})+(,\d+)?$"),
    "en": re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"),
}
SEPARATOR = {"de": ".", "en": ","}


class EuroField(forms.DecimalField):
    """An amount with a sign of the currency, blanks and groups of three; empty is unknown."""

    def to_python(self, value: Any) -> Any:
        """Return the amount."""
        if isinstance(value, str):
            text = re.sub(r"[\s€\u00a0\u202f]", "", value)
            language = "en" if (get_language() or "de").startswith("en") else "de"
            if GROUPED[language].match(text):
                text = text.replace(SEPARATOR[language], "")
            value = text
        return super().to_python(value)
