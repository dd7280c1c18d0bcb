"""A history that somebody hands in as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mehrwert.connectors.repositories.actions import MOST_BYTES


class HistoryForm(forms.Form):
    """One file."""

    datei = forms.FileField(label=_("Datei mit dem Verlauf (JSON)"))

    def clean_datei(self) -> bytes:
        """Return the bytes; a file that is too big is refused unread."""
        file = self.cleaned_data["datei"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß: höchstens 20 MB."))
        data: bytes = file.read()
        return data
