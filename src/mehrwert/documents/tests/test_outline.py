"""The tree: hash, storing, order."""

import itertools

import msgspec
import pytest

from mehrwert.documents.building import paragraph, unbroken
from mehrwert.documents.errors import DocumentError
from mehrwert.documents.model import Section
from mehrwert.documents.outline import (
    Heading,
    document_hash,
    document_json,
    flat,
    notes,
    plain_text,
    read_document,
)

from .samples import sample


def test_the_same_input_gives_the_same_hash_and_any_change_another():
    """DOC-173."""
    assert document_hash(sample()) == document_hash(sample())
    assert document_hash(sample()) != document_hash(sample(title="Anders"))


def test_a_stored_document_comes_back_equal():
    assert read_document(document_json(sample())) == sample()


@pytest.mark.parametrize("stored", [b"{", b"{}", b'{"title": 3}'])
def test_other_bytes_are_no_document(stored):
    with pytest.raises(DocumentError):
        read_document(stored)


def test_a_tree_cannot_be_changed():
    """DOC-175."""
    with pytest.raises(AttributeError):
        sample().title = "Anders"


def test_headings_never_skip_a_level():
    levels = [block.level for block in flat(sample()) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_sections_deeper_than_a_reader_can_follow_are_refused():
    nested = paragraph("x")
    for depth in range(5):
        nested = Section(f"s{depth}", "Titel", (nested,))
    with pytest.raises(DocumentError):
        flat(sample(blocks=(nested,)))


def test_every_document_ends_with_its_provenance_and_checksum():
    """DOC-174."""
    texts = plain_text(sample())
    assert texts[-2:] == ["Prüfsumme des Inhalts", f"SHA-256 {document_hash(sample())}"]
    assert "mehrwert.example" in texts
    assert notes(sample()) == ["Siehe Anlage 1."]


def test_numbers_do_not_leave_their_unit():
    """DOC-212."""
    assert unbroken("12.400 € und 3 m²; 5 Euroworte") == "12.400\u00a0€ und 3\u00a0m²; 5 Euroworte"


def test_english_words_stand_in_an_english_document():
    texts = plain_text(msgspec.structs.replace(sample(), language="en"))
    assert "Sources" in texts
    assert "Checksum of the content" in texts
