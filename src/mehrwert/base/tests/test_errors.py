"""The error family: each has a stable code, a status, a sentence; the page says what to do."""

import importlib
import json
import pkgutil
import re

import pytest
from django.test import RequestFactory

import mehrwert
from mehrwert.base import errors as family
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
from mehrwert.base.http_errors import (
    ErrorMiddleware,
    bad_request,
    csrf_failed,
    forbidden,
    not_found,
    server_error,
    status_of,
)
from mehrwert.base.jobs_runtime import JobCancelledError

# never reach a page: the worker or a command says them itself
INTERNAL = {"error", "lease_lost", "tenant_not_set", "not_a_demo"}
SHOWN = {
    NotFoundError: 404,
    NotSignedInError: 401,
    ForbiddenError: 403,
    InvalidInputError: 400,
    ConflictError: 409,
    TooLargeError: 413,
    TooManyRequestsError: 429,
    UnavailableError: 503,
}
DATA = {"limit": "16 MB", "wait_s": 30}


def everybody() -> list[type[MehrwertError]]:
    for module in pkgutil.walk_packages(mehrwert.__path__, "mehrwert."):
        if module.name.endswith(".errors") and ".tests" not in module.name:
            importlib.import_module(module.name)
    found, waiting = [], [MehrwertError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if ".tests" not in kind.__module__]


def test_every_error_of_the_house_has_a_status():
    lost = [k.__name__ for k in shown_on_pages() if k.code not in INTERNAL and not has_status(k)]
    assert lost == []


def shown_on_pages() -> list[type[MehrwertError]]:
    """All but those of a standard, whose door has statuses of its own."""
    return [kind for kind in everybody() if ".standards." not in kind.__module__]


def has_status(kind) -> bool:
    return issubclass(kind, (*SHOWN, JobCancelledError))


def test_codes_are_stable_words_and_unique():
    codes = [kind.code for kind in shown_on_pages() if "code" in kind.__dict__]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", code) for code in codes)
    assert sorted({c for c in codes if codes.count(c) > 1}) == []


def test_every_sentence_is_whole_and_calm():
    for kind in everybody():
        assert kind.sentence[0].isupper() or kind.sentence.startswith(("%(", "„")), kind
        assert "!" not in kind.sentence


@pytest.fixture
def answered():
    """What a reader gets when a view raises."""

    def get(error, **headers):
        request = RequestFactory(headers={"X-Request-Id": "abc123", **headers}).get("/x/")
        return ErrorMiddleware(lambda r: None).process_exception(request, error)

    return get


@pytest.mark.parametrize(("kind", "status"), SHOWN.items())
def test_people_get_cause_next_step_and_number(answered, kind, status):
    response = answered(kind(**DATA))
    text = response.content.decode()
    assert response.status_code == status
    assert status_of(kind(**DATA)) == status
    assert kind(**DATA).args[0].split(".")[0] in text
    assert "abc123" in text
    assert f"Fehler {status}" in text


@pytest.mark.parametrize(("kind", "status"), SHOWN.items())
def test_programs_get_code_sentence_and_number(answered, kind, status):
    response = answered(kind(**DATA), Accept="application/json")
    told = json.loads(response.content)
    assert told == {"code": kind.code, "message": kind(**DATA).args[0], "reference": "abc123"}
    assert response.status_code == status


def test_who_must_wait_is_told_how_long(answered):
    assert answered(UnavailableError(retry_after_s=7))["Retry-After"] == "7"


def test_errors_of_others_are_left_to_django(answered):
    assert answered(RuntimeError("x")) is None


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (lambda r: bad_request(r, Exception()), 400),
        (lambda r: forbidden(r, Exception()), 403),
        (csrf_failed, 403),
        (lambda r: not_found(r, Exception()), 404),
        (server_error, 500),
    ],
)
def test_djangos_own_errors_look_the_same_and_tell_no_detail(handler, status):
    request = RequestFactory(headers={"X-Request-Id": "abc123"}).get("/x/")
    response = handler(request)
    assert response.status_code == status
    assert "abc123" in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_data_fills_the_sentence():
    assert "16 MB" in str(family.TooLargeError(limit="16 MB"))
