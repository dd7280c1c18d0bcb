"""Input of the pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FitForm(forms.Form):
    """Does it hold for us?"""

    einwohner = forms.IntegerField(
        label=_("Einwohner Ihrer Kommune"), min_value=1, max_value=5_000_000, required=False
    )
