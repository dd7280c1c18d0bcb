"""Pages of one municipality: who asks, are they a member, does their role allow it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.errors import ForbiddenError, MehrwertError, NotFoundError, NotSignedInError
from mehrwert.base.http_errors import error_response, sentence_of, status_of
from mehrwert.base.tenant import enter_tenant, scope_of_request
from mehrwert.municipalities import access, queries
from mehrwert.municipalities.choices import ROLE_LABELS, Capability
from mehrwert.municipalities.errors import TenantReadOnlyError
from mehrwert.municipalities.rules import is_slug_allowed

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED_IN = "signed_in"


class TenantMiddleware:
    """Guards every view marked with ``base.http.needs``; opens the scope of the municipality.

    A view with ``mandant`` in its address and without the mark is refused. The answer to a refusal
    is the same whether a municipality exists or not, so that nobody can find out from outside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; whatever scope it opened is closed again."""
        request.find_nav_slug = lambda: _nav_slug(request)  # type: ignore[attr-defined]
        with scope_of_request():
            return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run, or answer in its place."""
        wanted = getattr(view, "needs", ())
        try:
            if "mandant" in kwargs:
                return _enter_town(request, wanted, kwargs)
            _enter_installation(request, wanted)
        except NotSignedInError as error:
            if _wants_json(request):
                return _refuse(request, error)
            return redirect_to_login(request.get_full_path())
        except MehrwertError as error:
            return _refuse(request, error)
        return None


class Permissions:
    """What the visitor may do: ``request.can("edit_data")``, in pages ``request.can.edit_data``."""

    do_not_call_in_templates = True

    def __init__(self, allows: Callable[[str], bool]) -> None:
        self._allows = allows

    def __call__(self, wanted: str) -> bool:
        """Say whether the visitor has a capability."""
        return self._allows(wanted)

    def __getitem__(self, wanted: str) -> bool:
        """Say the same to a template."""
        return self._allows(wanted)


def _enter_town(
    request: Any, wanted: tuple[str, ...], kwargs: dict[str, Any]
) -> HttpResponsePermanentRedirect | None:
    slug = kwargs["mandant"]
    if not wanted:
        raise ForbiddenError
    if not request.user.is_authenticated:
        raise NotSignedInError
    membership = access.read_membership_at(request.user, slug)
    if membership is None:
        return _redirect_from_old(request, slug, kwargs)
    refusals = [access.refusal(membership, capability) for capability in wanted]
    reasons = [reason for reason in refusals if reason is not None]
    if len(reasons) == len(wanted):
        request.find_helpers = lambda: queries.list_admin_names(membership.tenant)
        raise reasons[0]
    if membership.tenant.read_only and request.method not in SAFE:
        raise TenantReadOnlyError
    del kwargs["mandant"]
    request.tenant, request.membership = membership.tenant, membership
    request.role_label = gettext(ROLE_LABELS[membership.role])
    request.can = Permissions(
        lambda wanted: (
            access.can(membership, wanted)
            or (wanted == Capability.OPERATE and request.user.is_operator)
        )
    )
    enter_tenant(membership.tenant_id)
    return None


def _enter_installation(request: Any, wanted: tuple[str, ...]) -> None:
    is_operator = request.user.is_authenticated and request.user.is_operator
    request.can = Permissions(lambda wanted: is_operator and wanted == Capability.OPERATE)
    if not wanted:
        return
    if not request.user.is_authenticated:
        raise NotSignedInError
    if SIGNED_IN not in wanted and not any(request.can(one) for one in wanted):
        raise ForbiddenError


def _redirect_from_old(
    request: HttpRequest, slug: str, kwargs: dict[str, Any]
) -> HttpResponsePermanentRedirect:
    """Lead members from a former address to the present one.

    Raises:
        NotFoundError: Not a former address, or not one of theirs.
    """
    now = access.read_new_slug(slug)
    match = request.resolver_match
    if not now or match is None or access.read_membership_at(request.user, now) is None:
        raise NotFoundError
    url = reverse(match.view_name, kwargs={**kwargs, "mandant": now})
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
    if request.method not in SAFE:
        response.status_code = 308
    return response


def _nav_slug(request: Any) -> str:
    """Return whose menus a page of no municipality shows: one's own in its address, else the first.

    So the way on from an error stays the way in one's own municipality.
    """
    parts = [part for part in request.path_info.split("/") if part]
    languages = {code for code, _ in settings.LANGUAGES}
    slug = next((part for part in parts if part not in languages), "")
    if is_slug_allowed(slug) and access.read_membership_at(request.user, slug) is not None:
        return slug
    return access.read_first_slug(request.user)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _refuse(request: HttpRequest, error: MehrwertError) -> HttpResponse:
    return error_response(request, status_of(error), sentence_of(error), error.code)
