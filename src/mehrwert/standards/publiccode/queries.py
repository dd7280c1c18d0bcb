"""Reads publiccode.yml: the strict verdict. Nothing here uses the network."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from mehrwert.catalogue.choices import AdoptionStatus, Basis
from mehrwert.catalogue.models import Adoption, Solution

from .beside import check_files
from .choices import Severity
from .errors import UnreadableError
from .mapping import Export, export_of
from .models import PubliccodeFile
from .reading import read_document
from .rules import CheckOptions, Finding, Outcome, check_tree


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


def read_metadata() -> list[Metadata]:
    """Return the public files of all public solutions: imported ones, else made from profiles."""
    solutions = Solution.objects.filter(is_public=True, is_withdrawn=False).order_by("pk")
    files = {f.solution_id: f for f in PubliccodeFile.objects.defer("original")}
    with_code = [s for s in solutions if (s.profile.get("code") or {}) or s.pk in files]
    users = _declared_users([s.pk for s in with_code])
    found = []
    for solution in with_code:
        file = files.get(solution.pk)
        url = str((solution.profile.get("code") or {}).get("repository_url") or "")
        if file is not None and file.public:
            times = (file.imported_us, max(file.changed_us, solution.changed_us))
            found.append(Metadata(solution, file.public, url, *times))
        elif text := _export(solution, users.get(solution.pk, [])).text:
            times = (solution.created_us, solution.changed_us)
            found.append(Metadata(solution, text, url, *times))
    return found


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
