"""A reason that names a vendor or an office: who is named, who answered (CAT-404).

Whoever is named in public has a right of reply, and nobody alone decides to name them.
"""

import re
from collections.abc import Mapping
from typing import Any

from mehrwert.catalogue.choices import EXIT_PARTS

Profile = Mapping[str, Any]
# a name in capitals before the form of a company or body
_COMPANY = re.compile(
    r"(?:(?!(?:Auch|Bei|Beim|Da|Dass?|De[mnrs]|Die|Eine?|Für|Mit|Nach|Nachdem|Unsere?|Vo[mn]|Weil)\s)"
    r"[A-ZÄÖÜ0-9][\w&.+-]*\s+){1,4}"
    r"(?:gGmbH|GmbH|mbH|AG|SE|KG|UG|OHG|GbR|eG|AöR|KdöR|e\.\s?V\.|Ltd\.?|Inc\.?)(?!\w)"
)
# a word that is an office by its end, or an office by its subject
_OFFICE = re.compile(
    r"\b(?:[A-ZÄÖÜ][\w-]*(?:amt|behörde|ministerium|dezernat|referat|präsidium|werke|verband)"
    r"|(?:Amt|Fachbereich|Dezernat|Referat|Ministerium) (?:für|[A-ZÄÖÜ\d])[\w.-]*"
    r"(?: [A-ZÄÖÜ][\w-]*)?)"
    r"(?!\w)"
)
NO_OFFICE = frozenset({"Ehrenamt", "Hauptamt", "Nebenamt"})
VENDOR = "vendor"


def named_parties(profile: Profile) -> list[str]:
    """Return whom the reason of an end names: said so, known as provider, or read in the text.

    The reason "vendor" names the providers of the entry, although the text does not.
    """
    ended = profile.get("ended") or {}
    texts = (ended.get("text"), *(ended.get(part) for part in EXIT_PARTS))
    text = " ".join(word for told in texts for word in str(told or "").split())
    providers = [str(one) for one in (profile.get("procurement") or {}).get("providers") or ()]
    is_vendor = VENDOR in (ended.get("reasons") or ())
    found = [
        *(str(one) for one in ended.get("parties") or ()),
        *(one for one in providers if is_vendor or one.casefold() in text.casefold()),
        *(match.group().strip() for match in _COMPANY.finditer(text)),
        *(m.group() for m in _OFFICE.finditer(text) if m.group() not in NO_OFFICE),
    ]
    return _without_parts(list(dict.fromkeys(one for one in found if one)))


def _without_parts(names: list[str]) -> list[str]:
    """Leave out what only repeats a part of a name that was found before it."""
    return [
        name
        for place, name in enumerate(names)
        if not any(name.casefold() in other.casefold() for other in names[:place])
    ]


def needs_second_look(before: Profile | None, after: Profile) -> bool:
    """Say whether somebody is named anew or in other words.

    Args:
        before: The public profile, None for the first publication.
        after: What is to be public.
    """
    if not named_parties(after):
        return False
    return before is None or _wording(before) != _wording(after)


def _wording(profile: Profile) -> tuple[Any, ...]:
    ended = profile.get("ended") or {}
    texts = [ended.get(name) for name in ("text", *EXIT_PARTS)]
    return (texts, sorted(ended.get("reasons") or ()), sorted(named_parties(profile)))


def unanswered(profile: Profile) -> list[str]:
    """Return who is named and has not replied."""
    replied = {reply["party"] for reply in (profile.get("ended") or {}).get("replies") or ()}
    return [party for party in named_parties(profile) if party not in replied]


def keep_replies(before: Profile, after: Profile) -> dict[str, Any]:
    """Return what is to be public with the replies of before: an author cannot drop them.

    They go only with the end itself, or when nobody is named any more.
    """
    content = dict(after)
    ended = {k: v for k, v in (content.get("ended") or {}).items() if k != "replies"}
    replies = (before.get("ended") or {}).get("replies")
    if replies and named_parties(after):
        ended["replies"] = replies
    if "ended" in content:
        content["ended"] = ended
    return content
