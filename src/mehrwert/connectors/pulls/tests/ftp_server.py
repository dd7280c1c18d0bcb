"""A small FTP server on loopback for tests: one user, passive mode, listings old and new."""

import socket
import socketserver
import threading
from datetime import UTC, datetime


class Session(socketserver.StreamRequestHandler):
    """One client."""

    def handle(self):
        """Answer commands until it leaves."""
        self.say("220 bereit")
        self.user, self.inside, self.folder, self.data = "", False, "/", None
        for line in self.rfile:
            verb, _, rest = line.decode().strip().partition(" ")
            verb = verb.upper()
            if verb == "QUIT":
                self.say("221 bis bald")
                return
            if verb in self.server.unknown:
                self.say("500 kenne ich nicht")
            elif not self.inside and verb not in {"USER", "PASS"}:
                self.say("530 bitte anmelden")
            else:
                getattr(self, f"do_{verb.lower()}", self.do_nothing)(rest)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def path(self, name):
        return self.server.folder / self.folder.strip("/") / name

    def do_nothing(self, rest):
        self.say("502 kann ich nicht")

    def do_user(self, rest):
        self.user = rest
        self.say("331 Passwort?")

    def do_pass(self, rest):
        self.inside = (self.user, rest) == ("stadt", "geheim")
        self.say("230 willkommen" if self.inside else "530 nein")

    def do_type(self, rest):
        self.say("200 gut")

    def do_cwd(self, rest):
        is_there = (self.server.folder / rest.strip("/")).is_dir()
        self.folder = rest if is_there else self.folder
        self.say("250 gut" if is_there else "550 nicht da")

    def do_pasv(self, rest):
        self.data = socket.create_server(("127.0.0.1", 0))
        port = self.data.getsockname()[1]
        # another machine than this one: a client must not believe it
        self.say(f"227 hier (192,0,2,1,{port // 256},{port % 256})")

    def send(self, content):
        self.say("150 kommt")
        connection, _ = self.data.accept()
        connection.sendall(content)
        connection.close()
        self.data.close()
        self.say("226 fertig")

    def do_mlsd(self, rest):
        self.send("".join(self.line(p) for p in self.path("").iterdir()).encode())

    def line(self, path):
        kind = "dir" if path.is_dir() else "file"
        return f"type={kind};size={path.stat().st_size};modify={when(path)}; {path.name}\r\n"

    def do_nlst(self, rest):
        self.send("".join(f"{p.name}\r\n" for p in self.path("").iterdir()).encode())

    def do_size(self, rest):
        self.tell(rest, lambda path: str(path.stat().st_size))

    def do_mdtm(self, rest):
        self.tell(rest, when)

    def tell(self, name, what):
        path = self.path(name)
        self.say(f"213 {what(path)}" if path.is_file() else "550 nicht da")

    def do_retr(self, rest):
        path = self.path(rest)
        if path.is_file():
            self.send(path.read_bytes())
        else:
            self.say("550 nicht da")


def when(path):
    return f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y%m%d%H%M%S}"


class Server(socketserver.ThreadingTCPServer):
    """The server; ``unknown`` are commands that it does not know."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Session)
        self.folder = folder
        self.unknown = set()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()
