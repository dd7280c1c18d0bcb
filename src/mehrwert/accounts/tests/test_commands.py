"""What an operator does on the server itself: links for the first administrator."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mehrwert.accounts.first_start import announce
from mehrwert.accounts.models import OneTimeLink

pytestmark = pytest.mark.django_db
HERE = "http://10.0.0.5:8000"


def path_in(text, start):
    [path] = re.findall(rf"{re.escape(start)}(/konto/erste-schritte/\S+/)", text)
    return path


def test_an_empty_installation_says_how_to_begin(capsys, client):
    announce(HERE)
    assert client.get(path_in(capsys.readouterr().out, HERE)).status_code == 200


def test_the_public_address_wins_over_the_one_the_server_listens_on(capsys, settings, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "public_url", "https://daten.auental.example/")
    announce(HERE)
    assert path_in(capsys.readouterr().out, "https://daten.auental.example")


def test_an_installation_with_an_operator_says_nothing(capsys, operator):
    announce(HERE)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("option", ["demo", "conformance"])
def test_demo_and_conformance_server_say_nothing(capsys, settings, monkeypatch, option):
    monkeypatch.setitem(vars(settings.MEHRWERT), option, True)
    announce(HERE)
    assert capsys.readouterr().out == ""
    assert not OneTimeLink.objects.exists()


def test_admin_link_is_for_an_installation_without_operator(operator):
    with pytest.raises(CommandError, match="mehrwert admin reset"):
        call_command("admin", "link")


@pytest.mark.parametrize("what", ["link", "reset"])
def test_admin_prints_a_link_that_works(client, what):
    out = StringIO()
    call_command("admin", what, stdout=out)
    assert client.get(path_in(out.getvalue(), "http://127.0.0.1:8000")).status_code == 200


def test_admin_reset_works_beside_an_operator(client, operator):
    out = StringIO()
    call_command("admin", "reset", stdout=out)
    assert client.get(path_in(out.getvalue(), "http://127.0.0.1:8000")).status_code == 200
