"""The strict check of one file."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from ..reading import Document, duplicate_keys, key_at_line, position
from .conditions import (
    check_countries,
    check_italian_uris,
    check_italy,
    check_maintenance,
    check_version,
)
from .fields import FIELDS
from .findings import FileReference, Finding, Outcome
from .shapes import ByLanguage, Section, Shape
from .walk import Place, Walk

EXTENSIONS: Final = {
    "logo": frozenset({".svg", ".svgz", ".png"}),
    "screenshot": frozenset({".jpg", ".png"}),
}


@dataclass(frozen=True)
class CheckOptions:
    """What a check may know beyond the file: codes of Italian administrations in lower case."""

    italian_codes: Set[str] | None = None


def check_tree(document: Document, options: CheckOptions = CheckOptions()) -> Outcome:
    """Check a readable document against every rule; no network, no file system."""
    walk = Walk(document)
    repeated = sorted(duplicate_keys(document.root), key=lambda node: node.start_mark.index)
    for node in repeated:
        line, column = position(node.start_mark)
        key = key_at_line(document.root, line) or str(node.value)
        walk.report("duplicate_key", Place(key, None, line, column), {"value": node.value})
    root = Place("", document.root)
    if repeated or not check_version(walk, root):
        return walk.outcome
    whole = {name: _check_top(walk, shape, root.inner(name)) for name, shape in FIELDS.items()}
    walk.unknown_keys(FIELDS, root)
    if whole["maintenance"]:
        check_maintenance(walk, root)
    check_countries(walk, root)
    check_italian_uris(walk, root, options.italian_codes)
    check_italy(walk, root, options.italian_codes)
    walk.outcome.findings += [f for ref in walk.outcome.files for f in _check_path(ref)]
    return walk.outcome


def _check_top(walk: Walk, shape: Shape, place: Place) -> bool:
    """Check one top-level key.

    A wrong type anywhere inside makes readers drop the whole section, so its mandatory keys
    count as missing although they are written.
    """
    if walk.check(shape, place):
        return True
    if isinstance(shape, ByLanguage) and not walk.has_finding(place.key):
        walk.report("section_unread", place, {"section": place.key})
    if isinstance(shape, Section):
        for name, inner in shape.fields.items():
            here = place.inner(name)
            if getattr(inner, "required", False) and not walk.has_finding(here.key):
                walk.report("section_unread", here, {"section": place.key})
    return False


def _check_path(reference: FileReference) -> list[Finding]:
    """Return what the wording of a file name alone shows."""
    path = reference.path
    at = (reference.key, reference.line, reference.column)
    if path.startswith("/"):
        return [Finding("absolute_path", *at, values={"value": path})]
    if path.startswith("file:"):
        return [Finding("file_url", *at, values={"value": path})]
    allowed = EXTENSIONS.get(reference.kind)
    suffix = PurePosixPath(urlsplit(path).path if "://" in path else path).suffix.lower()
    if allowed is not None and suffix not in allowed:
        values = {"value": path, "allowed": ", ".join(sorted(allowed))}
        return [Finding("extension", *at, values=values)]
    return []
