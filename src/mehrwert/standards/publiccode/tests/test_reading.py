"""Files that cannot be read, or only at a cost: each is refused with its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.standards.publiccode.errors import UnreadableError
from mehrwert.standards.publiccode.queries import check_bytes
from mehrwert.standards.publiccode.reading import read_document, source_text

from .factories import minimal, written


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"a: 1\nb: \xff\n", "encoding", 2),
        (b"a: 1\n b: 2\n", "yaml", 2),
        (b"a: [1\n", "yaml", 2),
        (b"a: 1\n---\nb: 2\n", "several_documents", 3),
        (b"a: " + b"[" * 100_000, "yaml", 1),
        (b"a: " + b"[" * 60 + b"]" * 60, "too_deep", 1),
        (b"#" * 1_100_000, "too_large", 0),
    ],
)
def test_unreadable_files_say_why_and_where(data, reason, line):
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    assert (caught.value.reason, caught.value.line) == (reason, line)
    verdict = check_bytes(data)
    assert (verdict.is_valid, verdict.is_readable) == (False, False)
    assert [f.code for f in verdict.outcome.findings] == [reason]


def test_a_key_given_twice_is_an_error_at_the_second_place():
    verdict = check_bytes(written(minimal()) + b"name: Again\n")
    (finding,) = verdict.outcome.findings
    assert (finding.code, finding.key, finding.column) == ("duplicate_key", "name", 1)
    assert finding.line == written(minimal()).count(b"\n") + 1


def test_aliases_that_turn_in_circles_end():
    data = b'publiccodeYmlVersion: "0"\nname: &a [*a]\nusedBy: &b {x: *b}\n'
    assert not check_bytes(data).is_valid


def test_aliases_that_multiply_cost_nothing():
    rows = [b"a0: &a0 [x]"]
    rows += [b"a%d: &a%d [%s]" % (i, i, b", ".join([b"*a%d" % (i - 1)] * 9)) for i in range(1, 30)]
    verdict = check_bytes(b'publiccodeYmlVersion: "0"\n' + b"\n".join(rows) + b"\n")
    assert not verdict.is_valid


def test_a_value_keeps_the_way_it_is_written():
    document = read_document(b'a:\n  - "x"  # why\n  - y\nb: 1\n')
    assert source_text(document, document.root.value[0][1]) == '- "x"  # why\n  - y'


def test_the_mark_of_byte_order_is_skipped():
    assert check_bytes(b"\xef\xbb\xbf" + written(minimal())).is_valid


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_check(data):
    check_bytes(data)


@settings(max_examples=60, deadline=None)
@given(
    key=st.sampled_from(sorted(minimal())),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=6,
    ),
)
def test_no_value_crashes_the_check(key, value):
    check_bytes(written(minimal() | {key: value}))
