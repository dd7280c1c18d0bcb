"""Cursor paging: forward is backward reversed, nothing twice, nothing lost (CAT-712)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.standards.software_catalog.errors import ProblemError
from mehrwert.standards.software_catalog.rules import (
    MOST,
    SIZE,
    Asked,
    cut,
    parse_list,
    rfc3339,
    stable_id,
)

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    id: str
    created_at: datetime


ITEMS = st.lists(
    st.builds(
        Item, st.uuids(version=4).map(str), st.integers(0, 5).map(lambda n: BEGIN + n * HOUR)
    ),
    unique_by=lambda i: i.id,
    max_size=12,
)
HOUR = timedelta(hours=1)


def query(link: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in link[1:].split("&"))


@settings(max_examples=60, deadline=None)
@given(ITEMS, st.integers(1, 5))
def test_pages_forward_are_pages_backward_reversed(items, size):
    forward, page = [], cut(items, Asked(size))
    forward.append(page)
    while page.next:
        page = cut(items, parse_list({"page[size]": str(size), **query(page.next)}))
        forward.append(page)
    shown = [i for p in forward for i in p.items]
    assert shown == sorted(items, key=lambda i: (i.created_at, i.id))
    backward = [page]
    while page.previous:
        page = cut(items, parse_list({"page[size]": str(size), **query(page.previous)}))
        backward.append(page)
    assert [p.items for p in backward[::-1]] == [p.items for p in forward]


@settings(max_examples=40, deadline=None)
@given(ITEMS, ITEMS, st.integers(1, 3))
def test_what_is_inserted_meanwhile_repeats_and_hides_nothing(items, later, size):
    known = {i.id for i in items}
    added = [i for i in later if i.id not in known]
    page = cut(items, Asked(size))
    seen = [i.id for i in page.items]
    everything = [*items, *added]
    while page.next:
        page = cut(everything, parse_list({"page[size]": str(size), **query(page.next)}))
        seen += [i.id for i in page.items]
    assert len(seen) == len(set(seen))
    assert known <= set(seen)


def test_size_and_its_limits():
    assert parse_list({}).size == SIZE
    assert parse_list({"page[size]": "101"}).size == MOST
    assert parse_list({"page[size]": "7"}).size == 7


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"page[size]": "0"}, "pageSize"),
        ({"page[size]": "-1"}, "pageSize"),
        ({"page[size]": "many"}, "pageSize"),
        ({"page[size]": "²"}, "pageSize"),
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-01-01"}, "to"),
        ({"to": "2026-01-01T00:00:00"}, "to"),
        ({"page[after]": "x"}, "pageafter"),
        ({"page[before]": "W10="}, "pagebefore"),
    ],
)
def test_bad_parameters_are_named(given, field):
    with pytest.raises(ProblemError) as caught:
        parse_list(given)
    assert caught.value.status == 422
    assert [i.field for i in caught.value.invalid] == [field]


@pytest.mark.parametrize("text", ["2026-01-01T01:00:00Z", "2026-01-01T02:00:00+01:00"])
def test_from_and_to_limit_by_creation(text):
    items = [Item(str(n), BEGIN + n * HOUR) for n in range(4)]
    assert [i.id for i in cut(items, parse_list({"from": text})).items] == ["1", "2", "3"]
    assert [i.id for i in cut(items, parse_list({"to": text})).items] == ["0", "1"]


def test_links_keep_what_was_asked_for():
    items = [Item(str(n), BEGIN) for n in range(3)]
    page = cut(items, parse_list({"page[size]": "1", "from": "2025-01-01T00:00:00Z"}))
    assert page.next.startswith("?page[after]=")
    assert page.next.endswith("&page[size]=1&from=2025-01-01T00:00:00Z")
    assert page.previous is None


def test_ids_are_stable_and_of_version_4():
    assert stable_id("a") == stable_id("a") != stable_id("b")
    assert stable_id("a")[14] == "4"


def test_times_are_utc():
    assert rfc3339(BEGIN) == "2026-01-01T00:00:00Z"
