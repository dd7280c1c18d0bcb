"""Forms of accounts, in our words; those of allauth keep its checks."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from mehrwert.accounts.mail import MailSettings
from mehrwert.accounts.models import User

PASSWORD_HINT = _(
    "Mindestens 12 Zeichen. Nicht Ihr Name und kein Passwort, das viele benutzen. Ein Satz aus "
    "vier Wörtern ist gut."
)
CODE_HINT = _("Sechs Ziffern aus Ihrer App. Ein Notfallcode geht auch.")
AGAIN = _("Neues Passwort noch einmal")


def _say(form: forms.BaseForm, words: dict[str, tuple[Any, Any]]) -> None:
    """Give fields our label and hint; placeholders only repeat the label and go."""
    for name, (label, hint) in words.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": (_("E-Mail-Adresse"), ""), "password": (_("Passwort"), "")})
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmPasswordForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": (_("Passwort"), "")})


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old and the new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            {
                "oldpassword": (_("Jetziges Passwort"), ""),
                "password1": (_("Neues Passwort"), PASSWORD_HINT),
                "password2": (AGAIN, ""),
            },
        )


class SetPasswordForm(allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password, for people who came through an OpenID provider."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": (_("Neues Passwort"), PASSWORD_HINT), "password2": (AGAIN, "")})


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password through the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": (_("Neues Passwort"), PASSWORD_HINT), "password2": (AGAIN, "")})


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """The address to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": (_("E-Mail-Adresse"), "")})


class CodeForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": (_("Code"), CODE_HINT)})


class ConfirmCodeForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """The code once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": (_("Code"), CODE_HINT)})


class ActivateTotpForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code proves that the app has taken the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Sechs Ziffern, die Ihre App jetzt für Mehrwert zeigt.")
        _say(self, {"code": (_("Code aus der App"), hint)})


class ProfileForm(forms.Form):
    """Name and language of a person."""

    display_name = forms.CharField(
        label=_("Name"),
        help_text=_("So sehen Sie andere in Ihrer Kommune und im Protokoll."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Sprache"), choices=settings.LANGUAGES)


class OwnPasswordForm(forms.Form):
    """Name and password of somebody who comes by a link."""

    display_name = forms.CharField(
        label=_("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Passwort"),
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Passwort noch einmal"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def person(self) -> User:
        """Return a person as far as known, for comparing name and password."""
        given = self.cleaned_data
        email = given.get("email") or self._email
        return User(email=email, display_name=given.get("display_name", ""))

    def clean(self) -> dict[str, Any]:
        """Check the rules for passwords and that both are the same."""
        given = super().clean() or {}
        password = given.get("password")
        if password:
            try:
                validate_password(password, self.person())
            except forms.ValidationError as error:
                self.add_error("password", error)
            else:
                if given.get("again") and given["again"] != password:
                    self.add_error("again", _("Das sind zwei verschiedene Passwörter."))
        return given


class FirstAdminForm(OwnPasswordForm):
    """Address, name and password of who runs the installation."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Damit melden Sie sich an."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("email", "display_name", "password", "again")


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    display_name = forms.CharField(label=_("Name"), max_length=120)


class MailForm(forms.Form):
    """How mail goes out."""

    host = forms.CharField(
        label=_("Mailserver"), help_text=_("Zum Beispiel mail.auental.example"), max_length=253
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=_("Verschlüsselung"),
        choices=[
            ("starttls", _("STARTTLS, meist Port 587")),
            ("tls", _("TLS von Anfang an, meist Port 465")),
            ("none", _("keine, nur im eigenen Haus")),
        ],
    )
    username = forms.CharField(label=_("Benutzername"), max_length=254, required=False)
    password = forms.CharField(
        label=_("Passwort"),
        help_text=_("Leer lassen, wenn es so bleiben soll. Es wird verschlüsselt gespeichert."),
        max_length=254,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    sender = forms.EmailField(label=_("Absender"), max_length=254)

    def clean_host(self) -> str:
        """Compare hosts in small letters."""
        return str(self.cleaned_data["host"]).strip().lower()

    def chosen(self) -> MailSettings:
        """Return the settings; the password goes apart."""
        names = ("host", "port", "security", "username", "sender")
        return MailSettings(**{name: self.cleaned_data[name] for name in names})
