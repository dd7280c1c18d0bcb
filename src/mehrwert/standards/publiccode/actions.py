"""Takes a publiccode.yml in: strictly where it is valid, leniently where it is not."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions import create_draft
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import format_findings, leaves_of
from mehrwert.municipalities.models import Tenant

from .errors import ForkError
from .mapping import profile_of
from .models import PubliccodeFile
from .queries import check_bytes
from .reading import read_document
from .redaction import public_text
from .rules import Lenient, read_leniently


@dataclass(frozen=True)
class Origin:
    """Where a file comes from; each may be unknown."""

    url: str = ""
    commit: str = ""
    committed_on: date | None = None
    repository: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import gave.

    ``proposal`` is the part of a profile that the file states; a person confirms it.
    """

    reading: Lenient
    proposal: dict[str, Any]
    is_public: bool


def same_repository(first: str, second: str) -> bool:
    """Say whether two addresses name the same repository."""

    def plain(address: str) -> str:
        rest = address.lower().partition("://")[2] or address.lower()
        return rest.removesuffix("/").removesuffix(".git").removesuffix("/")

    return plain(first) == plain(second)


def import_file(solution: Solution, data: bytes, origin: Origin, *, actor: Actor) -> Imported:
    """Take in the file of a solution; a second import replaces the first.

    Raises:
        UnreadableError: The bytes are no YAML.
        ForkError: The file belongs to another repository: a technical fork.
    """
    document = read_document(data)
    reading = read_leniently(document)
    stated = str(reading.data.get("url") or "")
    if origin.repository and stated and not same_repository(origin.repository, stated):
        raise ForkError(url=stated)
    public = public_text(reading.data)
    if not check_bytes(public.encode()).is_valid:
        public = ""
    report = {
        "repairs": [asdict(r) for r in reading.repairs if not _is_personal(r.key)],
        "parked": [{"reason": p.reason, "key": p.key, "line": p.line} for p in reading.parked],
        "missing": reading.missing,
    }
    with transaction.atomic():
        now = now_us()
        values = {
            "url": origin.url,
            "commit": origin.commit,
            "committed_on": origin.committed_on,
            "original": document.text,
            "public": public,
            "report": report,
            "changed_us": now,
        }
        PubliccodeFile.objects.update_or_create(
            solution=solution, defaults=values, create_defaults={**values, "imported_us": now}
        )
        record_audit(
            actor=actor,
            verb="import",
            kind="solution",
            object_id=solution.slug,
            after={"url": origin.url, "commit": origin.commit, "is_public": bool(public)},
        )
    return Imported(reading, profile_of(reading.data, origin.url), bool(public))


def draft_from_file(tenant: Tenant, data: bytes, origin: Origin, *, actor: Actor) -> Solution:
    """Begin an entry of a municipality with what a file states; a person confirms it (CAT-204).

    Every value carries the file as its source until somebody of the municipality says it is true.

    Raises:
        UnreadableError: The bytes are no YAML.
        ForkError: The file belongs to another repository.
        InvalidProfileError: The file states nothing that a profile can hold.
    """
    reading = read_leniently(read_document(data))
    proposal = fitting_profile(profile_of(reading.data, origin.url))
    day = from_us(now_us()).date().isoformat()
    source = origin.url or f"import:publiccode.yml@{day}"
    told = {"source": source, "verified_by_role": "publiccode.yml"}
    with transaction.atomic():
        solution = create_draft(
            tenant, proposal, actor=actor, provenance=dict.fromkeys(leaves_of(proposal), told)
        )
        import_file(solution, data, origin, actor=actor)
    return solution


def fitting_profile(proposal: dict[str, Any]) -> dict[str, Any]:
    """Return a proposal without the values that the format of profiles refuses."""
    kept = dict(proposal)
    for _ in range(len(proposal) + 1):
        findings = format_findings({"name": "–", **kept})
        if not findings:
            break
        kept.pop(findings[0].pointer.split("/")[1], None)
    return kept


def _is_personal(key: str) -> bool:
    return key.startswith("maintenance.")
