"""A file for the paper of the house: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.documents.unpacking import MOST_BYTES


class HouseTemplateForm(forms.Form):
    """An ODT or Word file."""

    file = forms.FileField(
        label=_("Datei der Mustervorlage"),
        max_length=200,
        help_text=_("ODT, OTT, DOCX oder DOTX, höchstens 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".odt,.ott,.docx,.dotx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("Die Datei ist größer als 5 MB."))
        return file
