"""A small web server on loopback that answers as the public ones do; all numbers are invented."""

import http.server
import io
import json
import threading
import zipfile
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from mehrwert.connectors.pulls.rules import recipe as recipes
from mehrwert.connectors.pulls.rules.recipe import Url

DWD_HEAD = "STATIONS_ID;MESS_DATUM;  QN;PP_10;TT_10;TM5_10;RF_10;TD_10;eor\n"


def zipped(text, name="produkt_zehn_min_tu_20260101_20260502_00433.txt"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Metadaten_Parameter_00433.txt", "nichts")
        archive.writestr(name, text)
    return made.getvalue()


def dwd_row(moment, temperature, humidity):
    return f"        433;{moment};    3;  -999;  {temperature};  -999;  {humidity};  -999;eor\n"


class Answers:
    """What the server says to a path: bytes, or a function of the query; and what it was asked."""

    def __init__(self):
        self.by_path = {}
        self.asked = []
        self.status = 200
        self.headers = {}

    def set(self, path, given):
        self.by_path[path] = given if isinstance(given, bytes) else json.dumps(given).encode()

    def queries(self, path):
        return [query for asked, query in self.asked if asked == path]


@pytest.fixture
def server(monkeypatch):
    """The answers of a server, to which all recipes lead instead of to the real ones."""
    answers = Answers()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            answers.asked.append((parts.path, parse_qs(parts.query)))
            body = answers.by_path.get(parts.path)
            self.send_response(answers.status if body is not None else 404)
            for name, value in answers.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args):
            pass

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    answers.root = f"http://127.0.0.1:{made.server_port}"
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    here = tuple(_lead_here(one, answers.root) for one in recipes.list_recipes())
    monkeypatch.setattr(recipes, "list_recipes", lambda: here)
    yield answers
    made.shutdown()
    made.server_close()
    thread.join(2)


def _lead_here(recipe, root):
    there = f"https://{recipe.host}"
    urls = tuple(Url(one.url.replace(there, root), one.older_than_s) for one in recipe.urls)
    place = recipe.place and replace(recipe.place, url=recipe.place.url.replace(there, root))
    return replace(recipe, urls=urls, place=place, host=recipe.host and "127.0.0.1")
