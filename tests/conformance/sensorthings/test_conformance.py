"""What the root says is met is what this suite proves, and what the table of the docs says."""

from pathlib import Path

from . import test_batches, test_changes, test_model, test_requests
from .client import PROVED

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "standards" / "sensorthings.md"
MODULES = (test_model, test_requests, test_changes, test_batches)


def test_everything_the_root_says_is_proved(service):
    said = service.get("")["serverSettings"]["conformance"]
    assert len(said) == len(set(said))
    assert set(said) <= PROVED.keys()


def test_the_table_names_the_proof_of_every_row(service):
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    table = {line.split("`")[1]: line for line in rows}
    for uri in service.get("")["serverSettings"]["conformance"]:
        name = uri.rpartition("/req/")[2].rpartition("#")[2]
        assert any(f"`{test}`" in table[name] for test in PROVED[uri]), name


def test_every_proof_is_a_test():
    names = {name for module in MODULES for name in vars(module)}
    assert {test for tests in PROVED.values() for test in tests} <= names
