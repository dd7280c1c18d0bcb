"""Who may sign in by one click: whoever sits at the machine of a running demo, nobody else."""

from django.conf import settings
from django.http import HttpRequest

from mehrwert.demo import runtime

_ADDRESSES = frozenset({"127.0.0.1", "::1"})
_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
# a proxy that forwards says so by one of these; behind one, everybody seems to sit here
_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)


def may_choose_role(request: HttpRequest) -> bool:
    """Say whether this visitor may become any person of the demo without a password.

    All of it must hold: the option ``demo``, a process started by ``mehrwert demo`` and so bound to
    loopback, a visitor on loopback, no proxy in between, a local host name, no public address.
    """
    host = request.META.get("HTTP_HOST", "").lower()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return (
        bool(settings.MEHRWERT.demo)
        and not settings.MEHRWERT.public_url
        and runtime.current() is not None
        and request.META.get("REMOTE_ADDR") in _ADDRESSES
        and name in _HOSTS
        and not any(header in request.META for header in _FORWARDED)
    )
