"""Who acts: the person or key behind a request, as an actor for the audit."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from mehrwert.accounts.models import User
from mehrwert.base.actor import ANONYMOUS, Actor
from mehrwert.base.errors import NotSignedInError


def actor_of(request: HttpRequest) -> Actor:
    """Return who is signed in, else the anonymous actor."""
    return actor_of_user(getattr(request, "user", None))


def actor_of_user(user: "User | AnonymousUser | None") -> Actor:
    """Return a person as an actor."""
    if isinstance(user, User) and user.is_authenticated:
        return Actor("user", user.pk, str(user))
    return ANONYMOUS


def person_of(request: HttpRequest) -> User:
    """Return who is signed in.

    Raises:
        NotSignedInError: Nobody.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        raise NotSignedInError
    return user
