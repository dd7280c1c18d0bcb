"""Where a server that was just started is reached."""

import pytest

from mehrwert.base.management.commands.serve import address_here


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("daten.auental.example", "http://daten.auental.example:8000"),
    ],
)
def test_a_server_on_every_address_is_named_by_one_that_can_be_opened(host, address):
    assert address_here(host, 8000) == address
