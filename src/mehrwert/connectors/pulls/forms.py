"""Shape of input: the questions of a recipe as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mehrwert.connectors.pulls.actions import Credentials, PullForm
from mehrwert.connectors.pulls.rules.recipe import Ask, Recipe

EVERY = [
    (900, _("alle 15 Minuten")),
    (3600, _("jede Stunde")),
    (6 * 3600, _("alle 6 Stunden")),
    (24 * 3600, _("jeden Tag")),
]


class RecipeForm(forms.Form):
    """What a recipe asks, and what every pull needs."""

    name = forms.CharField(
        label=_("Name der Messstelle"),
        max_length=120,
        help_text=_("So heißt sie in Listen und auf der Karte."),
    )
    every_s = forms.TypedChoiceField(label=_("Wie oft?"), choices=EVERY, coerce=int)
    lat = forms.FloatField(
        label=_("Geografische Breite"),
        required=False,
        min_value=-90,
        max_value=90,
        localize=True,
        help_text=_("In Grad, zum Beispiel 51,96. Ohne Lage fehlt die Messstelle auf der Karte."),
    )
    lon = forms.FloatField(
        label=_("Geografische Länge"),
        required=False,
        min_value=-180,
        max_value=180,
        localize=True,
        help_text=_("In Grad, zum Beispiel 7,63."),
    )
    username = forms.CharField(label=_("Benutzer"), max_length=200, required=False)
    password = forms.CharField(
        label=_("Passwort"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Wird verschlüsselt aufbewahrt. Leer lassen: Es bleibt, wie es ist."),
    )

    def __init__(self, *args: Any, recipe: Recipe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipe = recipe
        for ask in recipe.asks:
            self.fields[f"ask_{ask.key}"] = _field(ask)
        if recipe.host:  # the public services know no users
            del self.fields["username"], self.fields["password"]
        questions = [f"ask_{ask.key}" for ask in recipe.asks]
        self.order_fields(["name", *questions])

    def clean(self) -> Any:
        """Ask for both coordinates or none."""
        given = super().clean() or self.cleaned_data
        if (given.get("lat") is None) != (given.get("lon") is None):
            self.add_error("lon", gettext("Bitte geben Sie Breite und Länge an oder keines."))
        return given

    def to_pull(self) -> PullForm:
        """Return what the form says."""
        given = self.cleaned_data
        answers = {ask.key: given[f"ask_{ask.key}"] for ask in self.recipe.asks}
        return PullForm(given["name"], answers, given["every_s"], given["lon"], given["lat"])

    def to_credentials(self, username_before: str = "") -> Credentials:
        """Return as whom to sign in; an empty password of the same user stays as it is."""
        given = self.cleaned_data
        username, password = given.get("username", ""), given.get("password", "")
        is_kept = not password and username == username_before
        return Credentials(username, None if is_kept else password)


def _field(ask: Ask) -> forms.Field:
    label, hint = gettext(ask.label), gettext(ask.help) if ask.help else ""
    if ask.choices:
        choices = [(value, gettext(text)) for value, text in ask.choices]
        return forms.ChoiceField(label=label, help_text=hint, choices=choices)
    lines = forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"})
    widget = lines if ask.lines else forms.TextInput()
    return forms.CharField(label=label, help_text=hint, max_length=2000, widget=widget)
