"""A folder of an SFTP server, with a real server on loopback (OBS-12)."""

import asyncio
import threading

import asyncssh
import pytest
from django.conf import settings

from mehrwert.base.errors import HostNotAllowedError
from mehrwert.connectors.pulls.errors import HostKeyError, SftpError
from mehrwert.connectors.pulls.fetching import Login, read_sftp


class Server:
    """An SFTP server of one user; ``restart`` gives it another key."""

    def __init__(self, folder):
        self.folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.start()

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def start(self):
        folder = str(self.folder).encode()

        class Door(asyncssh.SSHServer):
            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                return (username, password) == ("stadt", "geheim")

        class Files(asyncssh.SFTPServer):
            def __init__(self, chan):
                super().__init__(chan, chroot=folder)

        key = asyncssh.generate_private_key("ssh-ed25519")

        async def listen():
            return await asyncssh.listen(
                "127.0.0.1", 0, server_host_keys=[key], server_factory=Door, sftp_factory=Files
            )

        self._server = self._do(listen())
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self):
        self._server.close()
        self._do(self._server.wait_closed())

    def end(self):
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


@pytest.fixture
def sftp(tmp_path, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    (tmp_path / "daten").mkdir()
    server = Server(tmp_path)
    yield server
    server.end()


LOGIN = Login("stadt", "geheim")


def test_only_new_and_changed_files_are_read(sftp):
    folder = sftp.folder / "daten"
    (folder / "a.csv").write_text("1")
    (folder / "b.csv").write_text("2")
    (folder / ".c.csv").write_text("3")
    (folder / "d.txt").write_text("4")
    address = f"sftp://127.0.0.1:{sftp.port}/daten/*.csv"
    found = read_sftp(address, LOGIN, "", {})
    assert sorted((name, body) for name, _, body in found.files) == [
        ("a.csv", b"1"),
        ("b.csv", b"2"),
    ]
    assert found.host_key.startswith("SHA256:")
    seen = {name: stamp for name, stamp, _ in found.files}
    assert read_sftp(address, LOGIN, found.host_key, seen).files == []
    (folder / "a.csv").write_text("11")
    again = read_sftp(address, LOGIN, found.host_key, seen)
    assert [(name, body) for name, _, body in again.files] == [("a.csv", b"11")]


def test_a_wrong_password_and_a_missing_file_are_sentences(sftp):
    root = f"sftp://127.0.0.1:{sftp.port}"
    with pytest.raises(SftpError, match="Benutzer und Passwort"):
        read_sftp(f"{root}/daten/*.csv", Login("stadt", "falsch"), "", {})
    with pytest.raises(SftpError, match="nicht da"):
        read_sftp(f"{root}/daten/fehlt.csv", LOGIN, "", {})
    with pytest.raises(SftpError, match="nicht da"):
        read_sftp(f"{root}/fehlt/*.csv", LOGIN, "", {})


def test_another_server_in_its_place_gets_no_password(sftp):
    known = read_sftp(f"sftp://127.0.0.1:{sftp.port}/daten/*", LOGIN, "", {}).host_key
    sftp.stop()
    sftp.start()
    with pytest.raises(HostKeyError) as refused:
        read_sftp(f"sftp://127.0.0.1:{sftp.port}/daten/*", LOGIN, known, {})
    assert refused.value.data["fingerprint"] != known


def test_nobody_is_asked_who_is_not_allowed(sftp, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ())
    with pytest.raises(HostNotAllowedError):
        read_sftp(f"sftp://127.0.0.1:{sftp.port}/daten/*", LOGIN, "", {})
