"""Runs a batch: each request as the door answers it, a change set as one transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from mehrwert.base.asgi_types import Message, Receive, Scope, header
from mehrwert.base.errors import MehrwertError
from mehrwert.standards.sensorthings import actions
from mehrwert.standards.sensorthings.answers import Reply, reply_to_done, reply_to_error
from mehrwert.standards.sensorthings.asked import Asked
from mehrwert.standards.sensorthings.changing import BATCH, Done, parse_change, perform
from mehrwert.standards.sensorthings.errors import (
    AnswerTooLongError,
    BadBatchError,
    BadJsonError,
    ConditionError,
    DependencyError,
    MethodError,
    ReadInGroupError,
)

from . import json_form, multipart
from .conditions import holds
from .parts import Form, Part, Result, in_order
from .references import body_with, path_with, resolve

Answer = Callable[[Asked], Awaitable[Reply]]
MAX_ANSWER = 16 * 1024 * 1024


async def run_batch(asked: Asked, answer: Answer, body: bytes) -> Reply:
    """Answer ``$batch``; the answers go out as they come.

    Raises:
        BadRequestError, TooLargeError: Nothing of it was done.
    """
    content_type = header(asked.scope, b"content-type")
    form, parts = _parsed(body, content_type)
    runs = in_order(parts)
    run = _Run(asked, answer, urlsplit(asked.root).path, _mentioned(parts))
    chunks = form.write(_results(run, runs))
    return Reply(200, b"", [(b"content-type", form.content_type.encode())], chunks)


def _parsed(body: bytes, content_type: str) -> tuple[Form, list[Part]]:
    kind = content_type.lower().strip()
    if kind.startswith("multipart/mixed"):
        return multipart.form(), multipart.parse(body, content_type)
    if not kind or "json" in kind:
        return json_form.FORM, json_form.parse(body)
    raise BadBatchError(part=content_type[:60])


def _mentioned(parts: list[Part]) -> str:
    """Return all conditions: only answers they may name are kept."""
    return " ".join(part.condition for part in parts if part.condition)


async def _results(run: "_Run", runs: list[list[Part]]) -> AsyncIterator[list[Result]]:
    for parts in runs:
        yield await (run.group(parts) if parts[0].group else run.single(parts[0]))


@dataclass(slots=True)
class _Run:
    """A batch while it runs.

    Args:
        made: Id of a request → ``Things(5)``.
        failed: Requests and groups that did not succeed.
        bodies: What was answered, where a condition may ask for it.
        groups: Change sets that were run.
    """

    asked: Asked
    answer: Answer
    prefix: str
    conditions: str
    made: dict[str, str] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    bodies: dict[str, bytes] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)

    async def single(self, part: Part) -> list[Result]:
        """Run one request as if it had come alone."""
        try:
            self._check(part)
            asked = self._asked(part)
            reply = await self.answer(asked)
            body = await _whole(reply)
        except MehrwertError as error:
            reply = reply_to_error(self.asked.scope, error)
            body = reply.body
        return [self._noted(part, reply, body)]

    async def group(self, parts: list[Part]) -> list[Result]:
        """Run a change set: all of it or nothing."""
        current = [parts[0]]
        self.groups.add(parts[0].group)
        made = dict(self.made)
        try:
            done = await actions.in_transaction(lambda tx: self._perform(tx, parts, current))
        except MehrwertError as error:
            self.made = made
            return self._failed(parts, current[0], error)
        return [self._noted(p, *await self._shown(p, d)) for p, d in zip(parts, done, strict=True)]

    def _perform(
        self, tx: actions.Tx, parts: list[Part], current: list[Part]
    ) -> list[Done | ConditionError]:
        """Do the changes inside the transaction; one whose condition does not hold is left out."""
        done: list[Done | ConditionError] = []
        for part in parts:
            current[0] = part
            try:
                self._check(part)
            except ConditionError as error:
                self._forget(part)
                done.append(error)
                continue
            made = self._perform_one(tx, part)
            done.append(made)
            link = f"{made.entity.set_name}({made.id})" if made.entity else ""
            self._remember(part, link, made.status)
        return done

    def _perform_one(self, tx: actions.Tx, part: Part) -> Done:
        if part.method in {"GET", "HEAD"}:
            raise ReadInGroupError
        path, _ = self._address(part)
        body = self._body(part)
        change = parse_change(part.method, path, part.headers, body, self.asked.visitor)
        return perform(tx, self.asked.place, self.asked.visitor, change)

    def _failed(self, parts: list[Part], culprit: Part, error: MehrwertError) -> list[Result]:
        """Return the error for the request that failed, 424 for the others."""
        self.failed.add(parts[0].group)
        results = []
        for part in parts:
            mine = part is culprit
            why = error if mine else DependencyError(part=culprit.id[:60] or culprit.url[:60])
            reply = reply_to_error(self.asked.scope, why)
            result = self._noted(part, reply, reply.body)
            results.append(replace(result, is_alone=mine))
        return results

    async def _shown(self, part: Part, done: Done | ConditionError) -> tuple[Reply, bytes]:
        """Return the answer to a change that is done, with the entity if that is preferred."""
        if isinstance(done, ConditionError):
            reply = reply_to_error(self.asked.scope, done)
            return reply, reply.body
        reply = reply_to_done(self.asked.root, done)
        wanted = "return=representation" in part.headers.get("prefer", "")
        if not wanted or done.entity is None or done.status != 201:
            return reply, reply.body
        get = Part(part.id, "GET", f"{done.entity.set_name}({done.id})")
        try:
            shown = await self.answer(self._asked(get))
        except MehrwertError:  # deleted again meanwhile
            return reply, reply.body
        reply.headers.append((b"content-type", b"application/json"))
        return reply, shown.body

    def _check(self, part: Part) -> None:
        """Refuse what depends on something that failed or whose condition does not hold."""
        for name in part.needs:
            if name in self.failed:
                raise DependencyError(part=name[:60])
            if name not in self.bodies and name not in self.groups:
                raise BadBatchError(part=f"dependsOn: {name[:60]}")
        if part.condition is not None and not holds(part.condition, self.failed, self.bodies):
            raise ConditionError

    def _address(self, part: Part) -> tuple[str, bytes]:
        path, query = resolve(part.url, self.prefix)
        return path_with(path, self.made, self.failed), query

    def _body(self, part: Part) -> bytes:
        if b"\\u0000" in part.body:
            raise BadJsonError
        return body_with(part.body, self.made, self.failed)

    def _asked(self, part: Part) -> Asked:
        """Return a request of the batch as one that came alone."""
        path, query = self._address(part)
        if path == BATCH:
            raise MethodError(method=part.method[:20])
        outer = self.asked.scope
        scope: Scope = {
            "type": "http",
            "method": part.method,
            "scheme": outer.get("scheme", "http"),
            "path": f"{self.prefix}/{path}",
            "query_string": query,
            "client": outer.get("client"),
            "headers": [
                (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
                for name, value in part.headers.items()
            ],
        }
        receive = _receive_of(self._body(part))
        return Asked(scope, receive, self.asked.visitor, self.asked.root, path)

    def _noted(self, part: Part, reply: Reply, body: bytes) -> Result:
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in reply.headers}
        link = headers.get("location", "").removeprefix(f"{self.asked.root}/")
        self._remember(part, link, reply.status)
        if f"${part.id}/" in self.conditions:
            self.bodies[part.id] = body
        return Result(part, reply.status, headers, body)

    def _remember(self, part: Part, link: str, status: int) -> None:
        if not part.id:
            return
        self.bodies.setdefault(part.id, b"")
        if status >= 400:
            self._forget(part)
            return
        self.failed.discard(part.id)
        if link:
            self.made[part.id] = link

    def _forget(self, part: Part) -> None:
        """Note that a request did not succeed."""
        if part.id:
            self.bodies.setdefault(part.id, b"")
            self.failed.add(part.id)
            self.made.pop(part.id, None)


def _receive_of(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _whole(reply: Reply) -> bytes:
    """Return the whole body of a reply.

    Raises:
        AnswerTooLongError: It belongs to be asked alone.
    """
    if reply.chunks is None:
        return reply.body
    pieces, size = [reply.body], len(reply.body)
    async for piece in reply.chunks:
        pieces.append(piece)
        size += len(piece)
        if size > MAX_ANSWER:
            raise AnswerTooLongError
    return b"".join(pieces)
