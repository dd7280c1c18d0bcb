"""Error → HTTP status, in one place; error pages with a reference number."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from mehrwert.base.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    MehrwertError,
    NotFoundError,
    NotSignedInError,
    TooLargeError,
    TooManyRequestsError,
    UnavailableError,
)

log = logging.getLogger("mehrwert.errors")

STATUS: tuple[tuple[type[MehrwertError], int], ...] = (
    (NotFoundError, 404),
    (NotSignedInError, 401),
    (ForbiddenError, 403),
    (InvalidInputError, 400),
    (ConflictError, 409),
    (TooLargeError, 413),
    (TooManyRequestsError, 429),
    (UnavailableError, 503),
)


def status_of(error: MehrwertError) -> int:
    """Return the HTTP status of an error; 500 for what should never reach a person."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def sentence_of(error: MehrwertError) -> str:
    """Return the sentence in the language of the reader."""
    return told(error.sentence, error.data)


def told(sentence: str, data: Mapping[str, Any]) -> str:
    """Return a marked sentence with its values in the language of the reader.

    The values ``reason`` and ``label`` are marked texts themselves.
    """
    text = gettext(sentence)
    if not data:
        return text
    marked = {name: gettext(data[name]) for name in ("reason", "label") if data.get(name)}
    return text % {**data, **marked}


def reference(request: HttpRequest) -> str:
    """Return the number a reader may quote: the id of the request."""
    return str(request.headers.get("X-Request-Id", ""))[:36]


def error_response(request: HttpRequest, status: int, sentence: str, code: str) -> HttpResponse:
    """Return the error as JSON for programs and as a page for people."""
    if request.headers.get("Accept", "").startswith("application/json"):
        body = {"code": code, "message": sentence, "reference": reference(request)}
        return JsonResponse(body, status=status)
    context = {"sentence": sentence, "status": status, "reference": reference(request)}
    template = f"base/errors/{status}.html" if status in PAGES else "base/errors/400.html"
    return render(request, template, context, status=status)


PAGES = {400, 401, 403, 404, 409, 413, 429, 500, 503}


class ErrorMiddleware:
    """Turns our errors into answers; runs innermost, so that sessions and language are there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer our own errors and 404; leave the others to Django."""
        if isinstance(error, Http404):
            error = NotFoundError()
        if not isinstance(error, MehrwertError):
            return None
        status = status_of(error)
        if status >= 500:
            log.warning("request_failed", extra={"code": error.code}, exc_info=error)
        response = error_response(request, status, sentence_of(error), error.code)
        if "retry_after_s" in error.data:
            response["Retry-After"] = str(error.data["retry_after_s"])
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 400."""
    sentence = gettext("Die Anfrage ist nicht verständlich. Bitte laden Sie die Seite neu.")
    return error_response(request, 400, sentence, "bad_request")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 403."""
    return error_response(request, 403, gettext(ForbiddenError.sentence), "forbidden")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old, or came from elsewhere."""
    sentence = gettext("Das Formular ist abgelaufen. Bitte laden Sie die Seite neu.")
    return error_response(request, 403, sentence, "csrf")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler 404."""
    return error_response(request, 404, gettext(NotFoundError.sentence), "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler 500: says what to do and which number to quote."""
    sentence = gettext(
        "Hier ist etwas schiefgegangen. Es wurde nichts halb gespeichert. Bitte versuchen Sie es "
        "noch einmal; wenn es wieder geschieht, nennen Sie bitte die Nummer."
    )
    return error_response(request, 500, sentence, "internal")
