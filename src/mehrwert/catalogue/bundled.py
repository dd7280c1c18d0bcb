"""Reads the bundled collection and turns its records into profiles; nothing is guessed.

Plain Python without the database. What the collection does not say stays away from the profile.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mehrwert.catalogue.choices import Basis, OriginBasis, Relation
from mehrwert.catalogue.rules import shorten, without_personal_data

DATA = Path(__file__).resolve().parent / "data"
SOLUTIONS, TRANSFERS = DATA / "solutions.json", DATA / "transfers.csv"
TECHNOLOGIES, CODE_FACTS = DATA / "technologies.json", DATA / "publiccode_facts.json"
# raise when the mapping below changes: then every entry is worked out again
MAPPING = 1
TAKEN_ON = "2026-11-27"
SOURCE = f"import:solutions.json@{TAKEN_ON}"
TRANSFER_SOURCE = f"import:transfers.csv@{TAKEN_ON}"
PRINTED = "briefing:"
# entries of starter packages; their own room writes them
PACKAGED = "paket-"
EDITORS = "Redaktion der Sammlung"
AMBIGUOUS = frozenset({"AGPL-3.0", "GPL-3.0", "GPL-2.0"})
CLEAR_LICENCES = frozenset({"MIT"})
# (level, key, name of the source) → name of the register
NameOf = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class BundledAdoption:
    """One place of one solution as a source says it; ``source_name`` is its spelling there."""

    relation: str
    place_level: str
    place_key: str
    source_name: str
    since: str = ""
    is_carrier: bool = False
    origin_key: str = ""
    origin_name: str = ""
    origin_basis: str = ""
    source: str = SOURCE
    source_url: str = ""
    verified_on: date | None = None
    basis: str = Basis.DOCUMENTED


@dataclass(frozen=True, slots=True)
class BundledSolution:
    """One entry of the collection, ready to be stored; sources are (address, title)."""

    import_id: str
    profile: dict[str, Any]
    provenance: dict[str, dict[str, Any]]
    sources: tuple[tuple[str, str], ...]
    adoptions: tuple[BundledAdoption, ...]


def checksum() -> str:
    """Return the fingerprint of all files and of the mapping."""
    digest = hashlib.sha256(str(MAPPING).encode())
    for path in (SOLUTIONS, TRANSFERS, TECHNOLOGIES, CODE_FACTS):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_places() -> set[tuple[str, str]]:
    """Return (level, key) of every place with an official key."""
    named = {(m["level"], m["ags"]) for row in _records() for m in row["municipalities"]}
    named |= {(row["to_level"], row["to_ags"]) for row in _transfers()}
    return {(level, key) for level, key in named if key}


def read_solutions(name_of: NameOf) -> Iterator[BundledSolution]:
    """Yield all entries in the order of the collection.

    Args:
        name_of: Finds the name of a place in the register.
    """
    transfers: dict[str, list[dict[str, str]]] = {}
    for row in _transfers():
        transfers.setdefault(row["solution_id"], []).append(row)
    for record in _records():
        profile, provenance = _profile(record, name_of)
        yield BundledSolution(
            import_id=record["id"],
            profile=profile,
            provenance=provenance,
            sources=tuple(_source(text) for text in record["source_urls"]),
            adoptions=tuple(_adoptions(record, transfers.get(record["id"], []))),
        )


def _records() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(SOLUTIONS.read_text(encoding="utf-8"))["solutions"]
    return records


def _transfers() -> list[dict[str, str]]:
    with TRANSFERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _terms() -> Mapping[str, str]:
    terms: dict[str, str] = json.loads(TECHNOLOGIES.read_text(encoding="utf-8"))["terms"]
    return terms


@cache
def _code_facts() -> Mapping[str, dict[str, Any]]:
    files = json.loads(CODE_FACTS.read_text(encoding="utf-8"))["files"]
    return {slug: facts for facts in files for slug in facts["solutions"]}


def _source(text: str) -> tuple[str, str]:
    if text.startswith(PRINTED):
        return "", text.partition("(")[2].rstrip(")") or text.removeprefix(PRINTED)
    return text, ""


def _profile(
    record: Mapping[str, Any], name_of: NameOf
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    dated = record["last_verified_source_date"]
    told: dict[str, Any] = {"source": SOURCE, "verified_by_role": "Quelle"}
    if dated:
        told["verified_on"] = dated
    provenance: dict[str, dict[str, Any]] = {"": told}
    profile: dict[str, Any] = {"name": record["title"]}
    _add_texts(record, profile, provenance)
    if record["municipalities"]:
        first = record["municipalities"][0]
        key, level = first["ags"] or "", first["level"]
        profile["origin"] = {"key": key, "level": level, "name": name_of(level, key, first["name"])}
    _add_editorial(record, profile, provenance)
    if record["status"]:
        profile["status"] = record["status"]
    if record["ended"] or record["status"] == "ended":
        profile["ended"] = {"carried_out": "unknown", "reasons": ["unknown"]}
        if record["ended"]:
            profile["ended"]["on"] = str(record["ended"])
    _add_plain(record, profile)
    _add_code(record, profile, provenance)
    return profile, provenance


def _add_texts(
    record: Mapping[str, Any], profile: dict[str, Any], provenance: dict[str, dict[str, Any]]
) -> None:
    text = without_personal_data(record["summary_de"])
    profile["short_description"] = shorten(text)
    if profile["short_description"] != text:
        profile["description"] = text
        provenance["/short_description"] = {
            **provenance[""],
            "source": "computed:shortened",
            "reason": "an einem Wort gekürzt, ganz unter Beschreibung",
        }


def _add_editorial(
    record: Mapping[str, Any], profile: dict[str, Any], provenance: dict[str, dict[str, Any]]
) -> None:
    """Take over what the editors assigned, marked as theirs."""
    editorial = {**provenance[""], "verified_by_role": EDITORS, "reason": "redaktionell zugeordnet"}
    profile["fields_of_action"] = list(record["handlungsfelder"])
    profile["component_type"] = record["kind"]
    provenance["/fields_of_action"] = provenance["/component_type"] = editorial
    written: Sequence[str] = record["technologies"]
    if not written:
        return
    profile["technologies"] = list(dict.fromkeys(_terms().get(word, word) for word in written))
    if profile["technologies"] != list(written):
        spelled = ", ".join(written)
        provenance["/technologies"] = {
            **provenance[""],
            "reason": f"in der Quelle geschrieben: {spelled}",
        }


def _add_plain(record: Mapping[str, Any], profile: dict[str, Any]) -> None:
    if record["programme"]:
        profile["programme"] = record["programme"]
    if record["budget_eur"]:
        profile["funding_note"] = record["note"]
    if record["contact_organisation"]:
        profile["contact"] = {"unit": without_personal_data(record["contact_organisation"])}
    if record["note"]:
        profile["note"] = without_personal_data(record["note"])


def _add_code(
    record: Mapping[str, Any], profile: dict[str, Any], provenance: dict[str, dict[str, Any]]
) -> None:
    code: dict[str, Any] = {}
    if record["repository_url"]:
        code["repository_url"] = record["repository_url"]
    licence = record["licence"]
    if licence in CLEAR_LICENCES | AMBIGUOUS:
        code["licence"] = licence
    elif licence:
        code["licence_note"] = licence
    if licence in AMBIGUOUS:
        provenance["/code/licence"] = {
            **provenance[""],
            "reason": "nicht gesagt, ob auch spätere Fassungen gelten",
        }
    facts = _code_facts().get(record["id"])
    if facts:
        _add_facts(facts, code, provenance)
    if code:
        profile["code"] = code


def _add_facts(
    facts: Mapping[str, Any], code: dict[str, Any], provenance: dict[str, dict[str, Any]]
) -> None:
    told = {
        "source": f"{facts['repository']}/blob/{facts['commit']}/publiccode.yml",
        "verified_by_role": "publiccode.yml des Projekts",
    }
    if facts["commit_date"]:
        told["verified_on"] = facts["commit_date"]
    names = ("development_status", "software_type", "platforms", "software_version", "release_date")
    for name in (*names, "licence"):
        code[name] = facts[name]
        provenance[f"/code/{name}"] = told
    code["publiccode_url"] = told["source"]


def _adoptions(
    record: Mapping[str, Any], transfers: Sequence[Mapping[str, str]]
) -> list[BundledAdoption]:
    """Return recipients and carriers; a place that is both is one row, marked as carrier."""
    dated = record["last_verified_source_date"]
    day = date.fromisoformat(dated) if dated else None
    carriers = {(m["level"], m["ags"] or m["name"]): m for m in record["municipalities"]}
    rows: dict[tuple[str, str, str], BundledAdoption] = {}
    for row in transfers:
        place = (row["to_level"], row["to_ags"] or row["to_municipality"])
        rows[(*place, row["relation"])] = BundledAdoption(
            relation=row["relation"],
            place_level=row["to_level"],
            place_key=row["to_ags"],
            source_name=row["to_municipality"],
            since=row["year"],
            is_carrier=place in carriers,
            origin_key=row["from_ags"],
            origin_name=row["from_municipality"],
            origin_basis=row["origin_basis"],
            source=TRANSFER_SOURCE,
            source_url=row["source_url"],
            verified_on=day,
        )
    recipients = {(level, place) for level, place, _ in rows}
    developers = {
        row["from_ags"] for row in transfers if row["origin_basis"] == OriginBasis.DEVELOPER
    }
    for place, carrier in carriers.items():
        if place not in recipients:
            is_origin = carrier["ags"] in developers
            rows[(*place, "")] = BundledAdoption(
                relation=Relation.ORIGIN if is_origin else Relation.SITE,
                place_level=carrier["level"],
                place_key=carrier["ags"] or "",
                source_name=carrier["name"],
                since=str(record["started"] or ""),
                is_carrier=True,
                origin_basis=OriginBasis.DEVELOPER if is_origin else "",
                verified_on=day,
            )
    return list(rows.values())
