"""Sign-in at an OpenID provider; says plainly when the provider cannot be reached."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.socialaccount.providers.openid_connect import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from requests import RequestException

from mehrwert.accounts.errors import OpenIdUnreachableError

log = logging.getLogger("mehrwert.accounts")


def _telling(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @never_cache
    def told(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, KeyError) as error:
            log.warning("openid_unreachable", extra={"reason": type(error).__name__})
            raise OpenIdUnreachableError from error

    return told


sign_in: Callable[..., Any] = _telling(allauth_views.login)
come_back: Callable[..., Any] = _telling(allauth_views.callback)
