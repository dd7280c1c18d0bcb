"""Checks before the start: each names the option and says what to do."""

import pytest

from mehrwert.base.checks import check_options

GOOD = {
    "public_url": "https://daten.auental.example",
    "allowed_hosts": ("daten.auental.example",),
    "trusted_proxies": ("127.0.0.1",),
    "log_level": "INFO",
    "log_format": "json",
    "debug": False,
    "demo": False,
    "conformance": False,
    "secret_key": "x" * 40,
    "backup_keep": 14,
}


@pytest.fixture
def options(settings, monkeypatch):
    def put(**changed):
        for name, value in {**GOOD, **changed}.items():
            monkeypatch.setitem(vars(settings.MEHRWERT), name, value)

    return put


def test_a_sound_set_of_options_passes(options):
    options()
    assert check_options() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"public_url": "daten.auental.example"}, "base.E001"),
        ({"public_url": "https://daten.auental.example/mehrwert"}, "base.E001"),
        ({"debug": True}, "base.E002"),
        ({"demo": True}, "base.E003"),
        ({"conformance": True}, "base.E003"),
        ({"log_level": "LAUT"}, "base.E004"),
        ({"log_format": "xml"}, "base.E005"),
        ({"secret_key": "kurz"}, "base.E006"),
        ({"allowed_hosts": ("*",)}, "base.W001"),
        ({"public_url": "http://daten.auental.example"}, "base.W002"),
        ({"trusted_proxies": ()}, "base.W003"),
        ({"backup_keep": 0}, "base.W004"),
    ],
)
def test_each_mistake_is_named_with_its_option_and_remedy(options, wrong, code):
    options(**wrong)
    found = check_options()
    assert [problem.id for problem in found] == [code]
    assert "MEHRWERT_" in found[0].msg
    assert found[0].hint


def test_on_this_machine_alone_demo_and_debugging_are_fine(options):
    options(public_url="", demo=True, debug=True, trusted_proxies=())
    assert check_options() == []
