"""What opening a page answers to whom: kinds of pages."""

from dataclasses import dataclass

ROLES = ("viewer", "editor", "lead", "treasurer", "desk", "field", "guide", "admin")
EVERY_ROLE = " ".join(ROLES)
EDITORS = "editor lead admin"
MONEY = "editor lead treasurer admin"
VISITORS = ("nobody", "stranger", "operator", *ROLES)


@dataclass(frozen=True)
class Page:
    """What opening a page (GET) answers to each visitor."""

    answers: dict[str, int]

    def answer(self, visitor: str) -> int:
        return self.answers[visitor]


def town(roles: str, status: int = 200) -> Page:
    """A page of one municipality: nobody signs in first, outsiders never learn it exists."""
    allowed = {role: status if role in roles.split() else 403 for role in ROLES}
    return Page({"nobody": 302, "stranger": 404, "operator": 404, **allowed})


def installation(status: int = 200) -> Page:
    """A page of whoever runs the installation."""
    return Page({"nobody": 302, "stranger": 403, "operator": status, **dict.fromkeys(ROLES, 403)})


def anyone(nobody: int = 200, signed_in: int | None = None) -> Page:
    """A page that asks at most for being signed in."""
    others = nobody if signed_in is None else signed_in
    return Page({"nobody": nobody, **dict.fromkeys(VISITORS[1:], others)})


POST_ONLY = 405
MISSING = 404  # let in, but the world has no such object
