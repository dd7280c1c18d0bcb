"""Where a publiccode.yml comes from: a file, pasted text, or the address of a repository."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import MOST_BYTES


class SourceForm(forms.Form):
    """One of three ways; the address only where the operator allows any host."""

    adresse = forms.URLField(
        label=_("Adresse des Repositories"),
        help_text=_("Wir holen dort die Datei publiccode.yml, sonst nichts."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    datei = forms.FileField(label=_("Datei publiccode.yml"), required=False)
    text = forms.CharField(
        label=_("Oder ihr Text"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *given: Any, can_fetch: bool) -> None:
        super().__init__(*given)
        if not can_fetch:
            del self.fields["adresse"]

    def clean(self) -> dict[str, Any]:
        """Want exactly one of the three; read the file."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("datei"), (given.get("text") or "").strip()
        if sum(map(bool, (file, text, given.get("adresse")))) != 1 and not self.errors:
            raise forms.ValidationError(_("Bitte wählen Sie genau einen der Wege."))
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß: höchstens 1 MB."))
        given["data"] = file.read() if file else text.encode()
        return given
