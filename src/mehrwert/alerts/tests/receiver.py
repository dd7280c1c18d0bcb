"""A program on loopback that is told of alerts: webhooks and SMS."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings


class Receiver(ThreadingHTTPServer):
    """Keeps what it was told; ``status`` is what it answers, ``gate`` holds answers back."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.told, self.status, self.body = [], 200, b"ok"
        self.gate = threading.Event()
        self.gate.set()
        self.arrived = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.told.append((self.path, dict(self.headers), body))
        self.server.arrived.set()
        self.server.gate.wait(20)
        try:
            self.send_response(self.server.status)
            self.end_headers()
            self.wfile.write(self.server.body)
        except OSError:
            pass  # whoever asked was killed

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver(monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    made = Receiver()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.gate.set()
    made.shutdown()
    made.server_close()
    thread.join(2)
