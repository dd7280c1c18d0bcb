"""Forms of the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mehrwert.municipalities.choices import EXTRA_LABELS, ROLE_HINTS, ROLE_LABELS, Role
from mehrwert.municipalities.queries import Target

MOST_BOXES = 60
DAY_S = 86_400


class SlugField(forms.CharField):
    """The short name of a municipality in its addresses, in small letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Kurzname in der Adresse"),
            help_text=_("Kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel bad-auental."),
            max_length=50,
            widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Return the name in small letters."""
        return str(super().clean(value)).strip().lower()


class NewTownForm(forms.Form):
    """The last step of setting a municipality up."""

    name = forms.CharField(
        label=_("Name auf den Seiten"),
        help_text=_("So heißt Ihre Kommune im Kopf jeder Seite."),
        max_length=120,
    )
    slug = SlugField()


class TownForm(forms.Form):
    """Name and notice of a municipality."""

    name = forms.CharField(
        label=_("Name auf den Seiten"),
        help_text=_("So heißt Ihre Kommune im Kopf jeder Seite."),
        max_length=120,
    )
    notice = forms.CharField(
        label=_("Hinweis auf jeder Seite"),
        help_text=_("Ein Satz im Band unter der Navigation, zum Beispiel zu einer Wartung."),
        max_length=300,
        required=False,
    )


class SlugForm(forms.Form):
    """Another address for a municipality."""

    slug = SlugField()


class RoleForm(forms.Form):
    """What somebody is in a municipality."""

    role = forms.ChoiceField(label=_("Rolle"), widget=forms.RadioSelect, initial=Role.VIEWER)
    extra = forms.MultipleChoiceField(
        label=_("Außerdem"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role, f"{gettext(label)}: {gettext(ROLE_HINTS[role])}")
            for role, label in ROLE_LABELS.items()
        ]
        self.fields["extra"].choices = [  # type: ignore[attr-defined]
            (capability, gettext(label)) for capability, label in EXTRA_LABELS.items()
        ]


class InviteForm(RoleForm):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Damit meldet sich die Person an."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    display_name = forms.CharField(label=_("Name"), max_length=120)
    field_order = ("email", "display_name", "role", "extra")


class RotateForm(forms.Form):
    """How long the old key works beside the new one."""

    overlap_hours = forms.TypedChoiceField(
        label=_("Wie lange soll der alte Schlüssel noch gelten?"),
        help_text=_("So lange haben Sie Zeit, den neuen überall einzutragen."),
        coerce=int,
        initial=168,
        choices=[
            (0, _("gar nicht, er gilt sofort nicht mehr")),
            (24, _("1 Tag")),
            (168, _("7 Tage")),
            (720, _("30 Tage")),
        ],
    )


class KeyForm(forms.Form):
    """A new key: what for, what it may do, for how long."""

    name = forms.CharField(
        label=_("Wofür ist der Schlüssel?"),
        help_text=_("Zum Beispiel das Programm oder die Firma, die ihn bekommt."),
        max_length=120,
    )
    scopes = forms.MultipleChoiceField(
        label=_("Was darf er?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("read", _("Lesen: Messstellen und Werte abrufen")),
            ("write", _("Schreiben: Werte senden")),
            ("mqtt", _("MQTT: sich an Ihrem MQTT-Broker anmelden")),
        ],
    )
    days = forms.TypedChoiceField(
        label=_("Wie lange gilt er?"),
        coerce=int,
        initial=365,
        choices=[
            (90, _("3 Monate")),
            (365, _("1 Jahr")),
            (730, _("2 Jahre")),
            (0, _("ohne Ende")),
        ],
    )

    def __init__(
        self, *args: Any, things: Sequence[Target], series: Sequence[Target], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nothing = _("Nichts ausgewählt heißt: alle.")
        if things:
            self.fields["things"] = _target_field(_("Nur für diese Messstellen"), nothing, things)
        if series:
            self.fields["series"] = _target_field(_("Nur für diese Messreihen"), nothing, series)

    def targets(self) -> tuple[list[int] | None, list[int] | None]:
        """Return the things and series the key is limited to; None means no limit."""
        things, series = self.cleaned_data.get("things"), self.cleaned_data.get("series")
        return things or None, series or None

    def expires_us(self, now_us: int) -> int | None:
        """Return when the key ends."""
        days: int = self.cleaned_data["days"]
        return now_us + days * DAY_S * 1_000_000 if days else None


class NumbersField(forms.CharField):
    """Numbers of things or series, where there are too many for boxes to tick."""

    def __init__(self, known: frozenset[int], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=5000, **kwargs)
        self.known = known

    def clean(self, value: Any) -> list[int]:
        """Return the numbers; each must be one of this municipality."""
        words = str(super().clean(value)).replace(",", " ").split()
        wrong = [word for word in words if not word.isdecimal() or int(word) not in self.known]
        if wrong:
            text = ngettext(
                "Diese Nummer gibt es hier nicht: %(numbers)s",
                "Diese Nummern gibt es hier nicht: %(numbers)s",
                len(wrong),
            )
            raise ValidationError(text % {"numbers": ", ".join(wrong[:5])})
        return sorted({int(word) for word in words})


def _target_field(label: Any, hint: Any, targets: Sequence[Target]) -> forms.Field:
    if len(targets) > MOST_BOXES:
        known = frozenset(target.id for target in targets)
        return NumbersField(
            known, label=label, help_text=_("Nummern mit Komma getrennt. Leer heißt: alle.")
        )
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        choices=[(target.id, target.name) for target in targets],
    )
