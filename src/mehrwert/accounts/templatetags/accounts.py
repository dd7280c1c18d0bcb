"""What the sign-in page asks: ``{% load accounts %}``."""

from django import template
from django.conf import settings
from django.urls import reverse

from mehrwert.accounts.sign_in_config import PROVIDER_ID

register = template.Library()


@register.simple_tag
def openid_url() -> str:
    """Return where sign-in at the OpenID provider begins, empty without one."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return ""
    return reverse("openid_connect_login", kwargs={"provider_id": PROVIDER_ID})
