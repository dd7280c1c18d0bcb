"""Reads publiccode.yml: the strict verdict. Nothing here uses the network."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.fields.json import KT

from mehrwert.catalogue.choices import AdoptionStatus, Basis
from mehrwert.catalogue.models import Adoption, Solution

from .beside import check_files
from .choices import Severity
from .errors import UnreadableError
from .mapping import Export, export_of
from .models import PubliccodeFile
from .reading import read_document
from .rules import CheckOptions, Finding, Outcome, check_tree

BATCH = 50


@dataclass(frozen=True)
class Verdict:
    """The result of a strict check. ``is_readable`` is False for what is no YAML at all."""

    outcome: Outcome
    is_readable: bool = True

    @property
    def is_valid(self) -> bool:
        """Say whether the file meets every rule."""
        return self.is_readable and self.outcome.is_valid


def check_bytes(
    data: bytes, *, folder: Path | None = None, italian_codes: Set[str] | None = None
) -> Verdict:
    """Check a file against every rule of the standard.

    Args:
        data: The file as stored.
        folder: Where the file lies, to look at the logos and pictures it names; None: not looked.
        italian_codes: Codes of Italian administrations in lower case; None: not looked up.
    """
    try:
        document = read_document(data)
    except UnreadableError as error:
        finding = Finding(error.reason, "", error.line, error.column)
        return Verdict(Outcome([finding]), is_readable=False)
    outcome = check_tree(document, CheckOptions(italian_codes))
    if folder is not None:
        named = {f.key for f in outcome.findings if f.code == "extension"}
        outcome.findings += check_files([r for r in outcome.files if r.key not in named], folder)
    return Verdict(outcome)


def read_italian_codes(path: Path) -> frozenset[str]:
    """Return the codes of Italian administrations in a file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines) - {""}


@dataclass(frozen=True)
class Metadata:
    """What may be shown of the code of one solution: a valid file without persons.

    Times are microseconds since 1970: when the file came, when it or the profile changed.
    """

    solution: Solution
    text: str
    url: str
    created_us: int
    changed_us: int


def read_metadata(ids: Sequence[int] | None = None) -> list[Metadata]:
    """Return the public files of public solutions: imported ones, else made from profiles.

    Args:
        ids: Solutions to look at, None for all.
    """
    solutions = Solution.objects.filter(is_public=True, is_withdrawn=False).order_by("pk")
    stored = PubliccodeFile.objects.defer("original")
    if ids is not None:
        solutions, stored = solutions.filter(pk__in=ids), stored.filter(solution_id__in=ids)
    files = {f.solution_id: f for f in stored}
    with_code = [s for s in solutions if (s.profile.get("code") or {}) or s.pk in files]
    users = _declared_users([s.pk for s in with_code])
    found = (_metadata(s, files.get(s.pk), users.get(s.pk, [])) for s in with_code)
    return [metadata for metadata in found if metadata is not None]


@dataclass(frozen=True)
class Part:
    """Which metadata to go through, in order of time and id.

    Args:
        start: (microseconds since 1970, id) after which to begin, None for the first.
        is_backward: Whether to go back in time from there.
        since_us: Nothing earlier.
        until_us: Nothing later.
        url: Only this repository.
    """

    start: tuple[int, str] | None = None
    is_backward: bool = False
    since_us: int | None = None
    until_us: int | None = None
    url: str = ""


def iterate_metadata(part: Part) -> Iterator[Metadata]:
    """Yield metadata one by one; the database sorts, only what is looked at is made."""
    sign = "-" if part.is_backward else ""
    rows = _candidates(part).order_by(f"{sign}began_us", f"{sign}uuid")
    position = part.start
    while True:
        batch = list(_beyond(rows, position, is_backward=part.is_backward)[:BATCH])
        users = _declared_users([row.pk for row in batch])
        files = PubliccodeFile.objects.defer("original").filter(solution__in=batch)
        by_solution = {file.solution_id: file for file in files}
        for row in batch:
            found = _metadata(row, by_solution.get(row.pk), users.get(row.pk, []))
            if found is not None:
                yield found
        if len(batch) < BATCH:
            return
        position = (batch[-1].began_us, str(batch[-1].uuid))  # type: ignore[attr-defined]


def iterate_origins() -> Iterator[tuple[int, str | None, str | None, int]]:
    """Yield (id, official key, name, microseconds since 1970) of every solution with code.

    Names where it comes from and since when it is listed; no profile and no file is read.
    """
    names = ("pk", KT("profile__origin__key"), KT("profile__origin__name"), "began_us")
    rows = _candidates(Part()).order_by("pk").values_list(*names)
    yield from rows.iterator(chunk_size=2000)


def _candidates(part: Part) -> "QuerySet[Solution]":
    """Return public solutions with code or a file, with the time since when they are listed."""
    has_file = Q(publiccode_file__public__gt="")
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False)
    rows = rows.filter(has_file | Q(profile__has_key="code"))
    file_us, own_us = F("publiccode_file__imported_us"), F("created_us")
    rows = rows.annotate(began_us=Case(When(has_file, then=file_us), default=own_us))
    if part.url:
        rows = rows.filter(profile__code__repository_url=part.url)
    if part.since_us is not None:
        rows = rows.filter(began_us__gte=part.since_us)
    return rows if part.until_us is None else rows.filter(began_us__lte=part.until_us)


def _beyond(
    rows: "QuerySet[Solution]", start: tuple[int, str] | None, *, is_backward: bool
) -> "QuerySet[Solution]":
    if start is None:
        return rows
    word = "lt" if is_backward else "gt"
    try:
        identity = UUID(start[1])
    except ValueError:
        identity = UUID(int=0)
    later = Q(**{f"began_us__{word}": start[0]})
    return rows.filter(later | Q(began_us=start[0], **{f"uuid__{word}": identity}))


def _metadata(solution: Solution, file: PubliccodeFile | None, users: list[str]) -> Metadata | None:
    url = str((solution.profile.get("code") or {}).get("repository_url") or "")
    if file is not None and file.public:
        changed = max(file.changed_us, solution.changed_us)
        return Metadata(solution, file.public, url, file.imported_us, changed)
    text = _export(solution, users).text
    if not text:
        return None
    return Metadata(solution, text, url, solution.created_us, solution.changed_us)


def read_solution(slug: str) -> Solution | None:
    """Return a solution by its address, public or not."""
    return Solution.objects.filter(slug=slug, is_withdrawn=False).first()


def read_export(slug: str) -> Export | None:
    """Return the file made from the profile of a public solution; None for no such solution."""
    solution = Solution.objects.filter(slug=slug, is_public=True, is_withdrawn=False).first()
    if solution is None:
        return None
    return _export(solution, _declared_users([solution.pk]).get(solution.pk, []))


def _export(solution: Solution, used_by: list[str]) -> Export:
    """Return the export, checked: what the standard refuses is not handed out."""
    made = export_of(solution.profile, used_by)
    if not made.text:
        return made
    outcome = check_bytes(made.text.encode()).outcome
    wrong = tuple(f.key for f in outcome.findings if f.severity is Severity.ERROR)
    return Export("", wrong) if wrong else made


def _declared_users(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the register names of municipalities that declare live use."""
    rows = Adoption.objects.filter(
        solution_id__in=ids, basis=Basis.DECLARED, status=AdoptionStatus.LIVE, is_denied=False
    )
    found: dict[int, list[str]] = {}
    for row in rows.order_by("place_name"):
        names = found.setdefault(row.solution_id, [])
        if row.place_name not in names:
            names.append(row.place_name)
    return found
