"""One request on its way through the door."""

from dataclasses import dataclass

from mehrwert.base.asgi_types import Receive, Scope

from .access import Visitor
from .errors import BadJsonError, BadRequestError
from .queries import Place


@dataclass(slots=True)
class Asked:
    """Who asks what; ``path`` is what follows the root."""

    scope: Scope
    receive: Receive
    visitor: Visitor
    root: str
    path: str

    @property
    def place(self) -> Place:
        """Return from where is asked."""
        return Place(self.root, self.visitor.tenant_id, self.visitor.limits)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body; its size was limited before.

    Raises:
        BadRequestError: The client left, or names characters that no text may hold.
    """
    message = await receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        parts = [body]
        while message.get("more_body"):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BadRequestError
            parts.append(message.get("body", b""))
        body = b"".join(parts)
    if b"\\u0000" in body:
        raise BadJsonError
    return body
