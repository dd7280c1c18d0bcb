"""rdflib reads JSON-LD through a class of its own that it calls deprecated."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ignore = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
    for item in items:
        if "dcat_ap" in item.path.parts:
            item.add_marker(ignore)
