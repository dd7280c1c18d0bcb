"""What the list is asked for, as the address says it: the address alone brings a list back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from mehrwert.catalogue.search.documents import FACETS, Order, SearchRequest

# facet → name in the address
PARAMS: dict[str, str] = {
    "field": "feld",
    "status": "status",
    "documented_reuse": "nachnutzung",
    "declared_use": "erklaert",
    "size_class": "groesse",
    "land": "land",
    "component_type": "baustein",
    "technology": "technik",
    "evidence": "beleg",
    "licence": "lizenz",
    "freshness": "stand",
    "end_reason": "grund",
    "solution_type": "art",
    "stage": "stufe",
    "urbanisation": "dichte",
    "origin": "herkunft",
}
# the value "keine Angabe" in the address
NOT_SAID = "keine"
# order → word in the address; the usual one stands in none
ORDER_WORDS: dict[Order, str] = {
    Order.BEST: "",
    Order.EVIDENCE: "belege",
    Order.REUSE: "nachnutzung",
    Order.FRESH: "stand",
    Order.NAME: "name",
}
ORDER_PARAM = "sortierung"
_BY_WORD = {word: order for order, word in ORDER_WORDS.items()}
PAGE_SIZE = 20
LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as asked for: text, chosen values per facet, order, page, the words as typed."""

    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    literal: bool = False
    without: frozenset[str] = frozenset()
    page: int = 1
    order: Order = Order.BEST

    def request(self, *, limit: int = PAGE_SIZE, offset: int | None = None) -> SearchRequest:
        """Return the question to the index."""
        start = (self.page - 1) * limit if offset is None else offset
        return SearchRequest(
            text=self.text,
            filters=self.filters,
            literal=self.literal,
            without=self.without,
            offset=start,
            limit=limit,
            order=self.order,
        )


def asked_of(query: QueryDict) -> Asked:
    """Read an address; what is nonsense in it is left out."""
    filters = {}
    for facet in FACETS:
        given = query.getlist(PARAMS[facet]) or query.getlist(facet)
        values = frozenset("" if value == NOT_SAID else value[:100] for value in given if value)
        if values:
            filters[facet] = values
    page = query.get("seite", "1")
    return Asked(
        text=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
        filters=filters,
        literal="woertlich" in query,
        without=frozenset(key[:60] for key in query.getlist("ohne")[:20]),
        page=max(1, min(int(page), 10_000)) if page.isdecimal() else 1,
        order=_BY_WORD.get(query.get(ORDER_PARAM, ""), Order.BEST),
    )


def plain_query(query: str) -> str:
    """Return the address of a list as it is kept: without page, place, order and format."""
    given = QueryDict(query[:2000], mutable=True)
    for name in ("seite", "ort", "format", ORDER_PARAM, "csrfmiddlewaretoken"):
        given.pop(name, None)
    return given.urlencode()


def asked_from(query: str) -> Asked:
    """Return what the address of a kept list asks for."""
    return asked_of(QueryDict(query))


def toggled(query: QueryDict, facet: str, value: str) -> str:
    """Return the query with one value of a facet turned on or off, back on the first page."""
    name, shown = PARAMS[facet], value or NOT_SAID
    changed = query.copy()
    values = changed.getlist(name)
    kept = [one for one in values if one != shown]
    changed.setlist(name, kept if len(kept) < len(values) else [*values, shown])
    changed.pop("seite", None)
    return changed.urlencode()


def without(query: QueryDict, *names: str) -> str:
    """Return the query without some names, back on the first page."""
    changed = query.copy()
    for name in (*names, "seite"):
        changed.pop(name, None)
    return changed.urlencode()


def cleared(query: QueryDict) -> str:
    """Return the query without any facet; text and place stay."""
    return without(query, *PARAMS.values(), *FACETS)
