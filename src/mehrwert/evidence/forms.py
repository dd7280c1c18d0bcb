"""Input of the pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FitForm(forms.Form):
    """Does it hold for us?"""

    einwohner = forms.IntegerField(
        label=_("Einwohner Ihrer Kommune"), min_value=1, max_value=5_000_000, required=False
    )


class MappingForm(forms.Form):
    """Which shared key an own one means."""

    shared_key = forms.CharField(
        label=_("Gemeinsamer Schlüssel"),
        max_length=120,
        required=False,
        help_text=_("Leer heißt: Der Schlüssel steht wieder für sich allein."),
    )
    reason = forms.CharField(
        label=_("Warum beides dasselbe ist"),
        max_length=300,
        help_text=_("Steht öffentlich bei der Zusammenfassung."),
    )
