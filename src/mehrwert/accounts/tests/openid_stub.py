"""A small OpenID provider on loopback: discovery, consent by address, signed tokens."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "mehrwert-test", "client-secret"


@dataclass
class Provider:
    """The provider's state; tests change ``person`` and read ``asked``."""

    url: str = ""
    person: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def discovery(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/anmelden",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/person",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def consent(self, address):
        """Do what a person does at the provider: say yes; return where they are sent back to."""
        given = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert given["client_id"] == CLIENT
        assert given["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = given
        query = urlencode({"code": code, "state": given["state"]})
        return f"{given['redirect_uri']}?{query}"

    def token(self, given):
        asked = self.codes.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if not asked or given.get("client_secret") != SECRET:
            return 400, {"error": "invalid_grant"}
        if challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return 200, {"access_token": "zugang", "token_type": "Bearer", "id_token": signed}


class Door(BaseHTTPRequestHandler):
    """Answers as the standard says; knows nothing about Mehrwert."""

    def do_GET(self):  # noqa: N802
        provider = self.server.provider
        provider.asked.append(self.path)
        if self.path == "/.well-known/openid-configuration":
            self._answer(200, provider.discovery())
        elif self.path == "/person" and self.headers["Authorization"] == "Bearer zugang":
            self._answer(200, provider.person)
        else:
            self._answer(404, {"error": "not_found"})

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {k: v[0] for k, v in parse_qs(body).items()}
        self._answer(*self.server.provider.token(given))

    def _answer(self, status, body):
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args):
        """Keep the test's output clean."""


def start():
    """Start a provider on a free port; returns (provider, server)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.provider = Provider(url=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.provider, server
