"""Rules between keys: version, maintenance, countries in lower case, country sections."""

from collections.abc import Set

import yaml

from ..addresses import italian_code
from ..choices import CURRENT_VERSIONS, SUPPORTED_VERSIONS, MaintenanceType, Severity
from ..lists import read_lines
from ..reading import entry, is_null, is_number
from .walk import Place, Walk

_NEEDS_CONTACTS = {MaintenanceType.INTERNAL, MaintenanceType.COMMUNITY}


def check_version(walk: Walk, root: Place) -> bool:
    """Check the version; False ends the check, because nothing says which rules apply."""
    place = root.inner("publiccodeYmlVersion")
    node = place.node
    if node is None:
        walk.report("required", Place(place.key, None))
        return False
    if not isinstance(node, yaml.ScalarNode) or is_null(node) or is_number(node):
        walk.report("version_type", place)
        return False
    if node.value not in SUPPORTED_VERSIONS:
        supported = ", ".join(SUPPORTED_VERSIONS)
        walk.report("unsupported_version", place, {"value": node.value, "allowed": supported})
        return False
    if node.value not in CURRENT_VERSIONS:
        walk.warn("old_version", place, {"value": node.value})
    return True


def check_maintenance(walk: Walk, root: Place) -> None:
    """Check who must be named: contractors iff by contract, contacts if internal or community."""
    section = root.inner("maintenance")
    kind = _value(section, "type")
    contractors, contacts = section.inner("contractors"), section.inner("contacts")
    has_contractors = not is_null(contractors.node)
    if kind == MaintenanceType.CONTRACT and not has_contractors:
        walk.report("required_if", contractors, {"type": kind})
    if kind != MaintenanceType.CONTRACT and has_contractors:
        walk.report("contract_only", contractors)
    if kind in _NEEDS_CONTACTS and is_null(contacts.node):
        walk.report("required_if", contacts, {"type": kind})


def check_countries(walk: Walk, root: Place) -> None:
    """Warn of country codes in lower case."""
    audience = root.inner("intendedAudience")
    for name in ("countries", "unsupportedCountries"):
        place = audience.inner(name)
        if not isinstance(place.node, yaml.SequenceNode):
            continue
        for index, node in enumerate(place.node.value):
            code = node.value if isinstance(node, yaml.ScalarNode) else ""
            if code != code.upper() and code == code.lower() and _is_country(code):
                values = {"value": code, "upper": code.upper()}
                walk.warn("lowercase_country", place.item(index, node), values)


def _is_country(code: str) -> bool:
    return code.upper() in read_lines("countries")


def check_italy(walk: Walk, root: Place, codes: Set[str] | None) -> None:
    """Check the one country section of the standard; ``codes`` are those of administrations."""
    upper, lower = root.inner("IT"), root.inner("it")
    if not is_null(lower.node):
        walk.warn("lowercase_section", lower)
        if not is_null(upper.node):
            walk.report("country_section_twice", lower)
    section = lower if is_null(upper.node) else upper
    if not is_null(section.inner("conforme").node):
        place = section.inner("conforme")
        walk.warn("deprecated_drop", Place("IT.conforme", None, place.line, place.column))
    place = section.inner("riuso").inner("codiceIPA")
    code = _value(section.inner("riuso"), "codiceIPA")
    if code and _italian_code_holds(walk, place, code, codes):
        here = Place("IT.riuso.codiceIPA", None, place.line, place.column)
        walk.warn("deprecated_ipa", here, {"value": code})


def check_italian_uris(walk: Walk, root: Place, codes: Set[str] | None) -> None:
    """Check codes of Italian administrations in addresses of organisations."""
    owners = [root.inner("organisation")]
    funders = root.inner("fundedBy")
    if isinstance(funders.node, yaml.SequenceNode):
        owners += [funders.item(i, n) for i, n in enumerate(funders.node.value)]
    for owner in owners:
        code = italian_code(_value(owner, "uri"))
        place = owner.inner("uri")
        if code is not None and not walk.has_finding(place.key):
            _italian_code_holds(walk, place, code, codes)


def _italian_code_holds(walk: Walk, place: Place, code: str, codes: Set[str] | None) -> bool:
    """Report an unknown code; without the list only a note says that nobody looked."""
    if codes is None:
        walk.report("ipa_unchecked", place, {"value": code}, Severity.NOTE)
    elif code.lower() not in codes:
        walk.report("ipa_code", place, {"value": code})
        return False
    return True


def _value(section: Place, name: str) -> str:
    """Return the text of a key, "" where there is none."""
    pair = entry(section.node, name)
    is_text = pair is not None and isinstance(pair[1], yaml.ScalarNode) and not is_null(pair[1])
    return str(pair[1].value) if pair is not None and is_text else ""
