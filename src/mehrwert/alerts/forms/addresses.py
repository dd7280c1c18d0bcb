"""A field for mail addresses and phone numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from mehrwert.alerts.choices import Channel
from mehrwert.alerts.rules import channel_of, phone_number

MOST_ADDRESSES = 20


def is_typed(address: str) -> bool:
    """Say whether people type an address; the others are chosen from a list."""
    return channel_of(address) in {Channel.MAIL, Channel.SMS}


def clean_address(text: str) -> str:
    """Return a mail address as it is, or a phone number as ``+49…``.

    Raises:
        ValidationError: It is neither.
    """
    phone = None if "@" in text else phone_number(text)
    if phone is not None:
        return phone
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(
            gettext("„%(line)s“ ist keine Mailadresse und keine Handynummer.") % {"line": text[:80]}
        ) from None
    return text


class AddressesField(forms.CharField):
    """Mail addresses and phone numbers, one per line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return each address once.

        Raises:
            ValidationError: A line is no address, or there are too many.
        """
        lines = str(super().clean(value)).replace(",", "\n").replace(";", "\n").splitlines()
        found = dict.fromkeys(clean_address(line.strip()) for line in lines if line.strip())
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(
                gettext("Bitte höchstens %(n)s Adressen.") % {"n": MOST_ADDRESSES}
            )
        return tuple(found)
