"""The form of a form: one YAML text, refused with the reasons of ``read_profile``."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.evaluation.council_paper.profile import (
    MOST_LETTERS,
    Profile,
    ProfileError,
    read_profile,
)


class ProfileForm(forms.Form):
    """The text of a house profile; ``profile`` is what it says, once it is valid."""

    text = forms.CharField(
        label=_("Aufbau der Vorlage (YAML)"),
        help_text=_(
            "Reihenfolge der Zeilen = Reihenfolge in der Vorlage. „label“ ist die Überschrift Ihres"
            " Hauses, „key“ der Abschnitt dahinter; mehrere Abschnitte unter einer Überschrift"
            " stehen in eckigen Klammern."
        ),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 26, "class": "ev-yaml tall", "spellcheck": "false"}),
    )
    profile: Profile | None = None

    def clean_text(self) -> str:
        """Return the text after reading it; every defect is one message."""
        text: str = self.cleaned_data["text"]
        try:
            self.profile = read_profile(text)
        except ProfileError as error:
            raise forms.ValidationError(
                [gettext(one.sentence) % one.data for one in error.defects]
            ) from error
        return text
