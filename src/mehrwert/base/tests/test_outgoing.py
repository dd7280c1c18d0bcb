"""Nothing goes out that the operator did not allow (decision 22)."""

import http.server
import socket
import threading

import pytest
from django.conf import settings

from mehrwert.base.errors import (
    ForeignServerError,
    HostNotAllowedError,
    HostUnknownError,
    PrivateAddressError,
)
from mehrwert.base.outgoing import check_host
from mehrwert.base.outgoing_http import Question, fetch


@pytest.fixture
def allow(monkeypatch):
    def set_hosts(*hosts):
        monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", hosts)

    return set_hosts


def leads_to(monkeypatch, *addresses):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 443)) for a in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)


def test_nobody_is_asked_unless_listed(allow, monkeypatch):
    allow()
    monkeypatch.setattr(socket, "getaddrinfo", None)
    with pytest.raises(HostNotAllowedError):
        check_host("pegel.example", 443)
    with pytest.raises(HostNotAllowedError):
        check_host("8.8.8.8", 53)


@pytest.mark.parametrize(
    "inner",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.9",
        "169.254.169.254",
        "::1",
        "fd00::1",
    ],
)
def test_a_listed_name_that_leads_inside_is_refused_unless_the_address_is_listed(
    allow, monkeypatch, inner
):
    leads_to(monkeypatch, inner)
    allow("pegel.example")
    with pytest.raises(PrivateAddressError) as refused:
        check_host("pegel.example", 443)
    assert "innere" in str(refused.value)
    allow("pegel.example", inner)
    assert check_host("Pegel.Example", 443).host == "pegel.example"


def test_an_inner_address_in_the_dress_of_ipv6_is_an_inner_address(allow, monkeypatch):
    leads_to(monkeypatch, "::ffff:10.0.0.1")
    allow("pegel.example")
    with pytest.raises(PrivateAddressError):
        check_host("pegel.example", 443)


def test_a_listed_network_allows_its_addresses_and_no_others(allow):
    allow("10.20.0.0/16")
    assert check_host("10.20.3.4", 1883).address == "10.20.3.4"
    with pytest.raises(HostNotAllowedError):
        check_host("10.21.3.4", 1883)


def test_an_outer_address_is_the_one_connected_to(allow, monkeypatch):
    leads_to(monkeypatch, "10.0.0.1", "93.184.215.14")
    allow("pegel.example")
    assert check_host("pegel.example", 443).address == "93.184.215.14"


def test_a_name_that_leads_nowhere(allow, monkeypatch):
    def fail(*a, **k):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    allow("pegel.example")
    with pytest.raises(HostUnknownError):
        check_host("pegel.example", 443)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        seen.append((self.path, self.headers.get("Authorization")))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", self.server.elsewhere)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 100)

    def log_message(self, *args):
        pass


seen: list = []


@pytest.fixture
def server():
    seen.clear()
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join(2)


def test_a_redirect_is_checked_and_gets_no_credentials(allow, server):
    allow("127.0.0.1")
    root = f"http://127.0.0.1:{server.server_port}"
    server.elsewhere = f"{root}/b"
    given = {"Authorization": "Basic x"}
    assert fetch(Question(f"{root}/moved", given)).body == b"x" * 100
    assert seen == [("/moved", "Basic x"), ("/b", "Basic x")]
    server.elsewhere = "http://169.254.169.254/latest"
    with pytest.raises(HostNotAllowedError):
        fetch(Question(f"{root}/moved"))


def test_size_address_and_silence_are_errors_with_a_sentence(allow, server):
    allow("127.0.0.1")
    root = f"http://127.0.0.1:{server.server_port}"
    with pytest.raises(ForeignServerError, match="zu groß"):
        fetch(Question(root, most_bytes=50))
    with pytest.raises(ForeignServerError, match="beginnt mit"):
        fetch(Question("file:///etc/passwd"))
    with pytest.raises(ForeignServerError, match="antwortet nicht"):
        fetch(Question("http://127.0.0.1:9"))
