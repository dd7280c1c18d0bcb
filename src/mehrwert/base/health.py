"""Health, readiness and metrics: a raw door that works while the rest is in trouble."""

import secrets
from collections.abc import Callable
from functools import partial

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connections
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from mehrwert.base import metrics, queries
from mehrwert.base.asgi_types import Receive, Scope, Send, answer, answer_json, header
from mehrwert.base.wiring import resolve, table

LOOPBACK = {"127.0.0.1", "::1", ""}


async def health_door(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer ``/-/gesund``, ``/-/bereit`` and ``/metrics``."""
    path = scope["path"]
    if path == "/-/gesund":
        await answer(send, 200, b"ok\n")
    elif path == "/-/bereit":
        checks = await sync_to_async(read_readiness, thread_sensitive=False)()
        status = 200 if all(c["ok"] for c in checks.values()) else 503
        await answer_json(send, status, {"bereit": status == 200, "pruefungen": checks})
    elif path == "/metrics" and may_read_metrics(scope):
        body = await sync_to_async(render_metrics, thread_sensitive=False)()
        await answer(send, 200, body, CONTENT_TYPE_LATEST.encode())
    else:
        await answer(send, 404, b"404\n")


def may_read_metrics(scope: Scope) -> bool:
    """Allow the holder of the token; without a token only this machine, not through a proxy."""
    token = settings.MEHRWERT.metrics_token
    if token:
        return secrets.compare_digest(
            header(scope, b"authorization").encode(), f"Bearer {token}".encode()
        )
    client = scope.get("client") or ("", 0)
    return client[0] in LOOPBACK and not header(scope, b"x-forwarded-for")


def read_readiness() -> dict[str, dict[str, object]]:
    """Return every check with its outcome and one German sentence when it fails."""
    found: dict[str, dict[str, object]] = {
        alias: _check(partial(_ping, alias)) for alias in ("default", "observations")
    }
    disk = queries.read_disk()
    found["platz"] = {"ok": not disk.is_low, "frei_mb": disk.free_mb}
    for name, dotted in table("READINESS", {}).items():
        found[name] = _check(resolve(dotted))
    return found


def _check(run: Callable[[], None]) -> dict[str, object]:
    try:
        run()
    except (DatabaseError, OSError, RuntimeError) as error:
        return {"ok": False, "hinweis": f"nicht erreichbar ({type(error).__name__})"}
    return {"ok": True}


def _ping(alias: str) -> None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connections[alias].close()


def render_metrics() -> bytes:
    """Return all metrics in Prometheus text format."""
    try:
        metrics.OPEN_JOBS.set(queries.count_open_jobs())
        metrics.PARKED_EVENTS.set(queries.list_parked().count())
    except DatabaseError:
        metrics.OPEN_JOBS.set(float("nan"))
    finally:
        connections.close_all()
    metrics.DISK_FREE.set(queries.read_disk().free_mb * 1_048_576)
    return generate_latest()
