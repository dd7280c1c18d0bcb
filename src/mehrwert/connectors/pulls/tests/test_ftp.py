"""A folder of an FTP server, with a server on loopback (OBS-12)."""

import os
import socket

import pytest
from django.conf import settings

from mehrwert.base.errors import HostNotAllowedError
from mehrwert.connectors.pulls.errors import FtpError
from mehrwert.connectors.pulls.fetching import Login, folder, read_ftp

from .ftp_server import Server

LOGIN = Login("stadt", "geheim")


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    (tmp_path / "daten" / "alt").mkdir(parents=True)
    server = Server(tmp_path)
    yield server
    server.end()


def put(server, name, text, age_s=0):
    path = server.folder / "daten" / name
    path.write_text(text)
    at = path.stat().st_mtime - age_s
    os.utime(path, (at, at))


@pytest.mark.parametrize("unknown", [set(), {"MLSD"}])
def test_only_new_and_changed_files_are_read_oldest_first(server, unknown):
    server.unknown = unknown
    put(server, "a.csv", "1")
    put(server, "b.csv", "2", age_s=60)
    put(server, ".c.csv", "3")
    put(server, "d.txt", "4")
    address = f"ftp://127.0.0.1:{server.port}/daten/*.csv"
    found = read_ftp(address, LOGIN, {})
    assert [(name, body) for name, _, body in found.files] == [("b.csv", b"2"), ("a.csv", b"1")]
    seen = {name: stamp for name, stamp, _ in found.files}
    assert read_ftp(address, LOGIN, seen).files == []
    put(server, "a.csv", "11")
    again = read_ftp(address, LOGIN, seen)
    assert [(name, body) for name, _, body in again.files] == [("a.csv", b"11")]


def test_too_many_files_come_in_several_runs_and_none_is_left_out(server, monkeypatch):
    monkeypatch.setattr(folder, "MOST_FILES", 2)
    for i in range(5):
        put(server, f"{i}.csv", str(i), age_s=60 - i)
    address, seen, order = f"ftp://127.0.0.1:{server.port}/daten/*.csv", {}, []
    while files := read_ftp(address, LOGIN, seen).files:
        seen |= {name: stamp for name, stamp, _ in files}
        order += [body for _, _, body in files]
    assert order == [b"0", b"1", b"2", b"3", b"4"]


def test_what_fails_is_a_sentence(server, monkeypatch):
    root = f"ftp://127.0.0.1:{server.port}"
    with pytest.raises(FtpError, match="Benutzer und Passwort"):
        read_ftp(f"{root}/daten/*.csv", Login("stadt", "falsch"), {})
    with pytest.raises(FtpError, match="nicht da"):
        read_ftp(f"{root}/daten/fehlt.csv", LOGIN, {})
    with pytest.raises(FtpError, match="nicht da"):
        read_ftp(f"{root}/fehlt/*.csv", LOGIN, {})
    put(server, "a.csv", "12345")
    monkeypatch.setattr(folder, "MOST_BYTES", 4)
    with pytest.raises(FtpError, match="größer"):
        read_ftp(f"{root}/daten/a.csv", LOGIN, {})
    monkeypatch.setattr(folder, "MOST_S", -1)
    with pytest.raises(FtpError, match="zu lange"):
        read_ftp(f"{root}/daten/a.csv", LOGIN, {})


def test_a_name_that_would_be_a_command_is_refused(server):
    with pytest.raises(FtpError):
        read_ftp(f"ftp://127.0.0.1:{server.port}/daten/a%0D%0ADELE%20a.csv", LOGIN, {})


def test_nobody_there_and_nobody_allowed(monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(FtpError, match="antwortet nicht"):
        read_ftp(f"ftp://127.0.0.1:{port}/daten/*", LOGIN, {})
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ())
    with pytest.raises(HostNotAllowedError):
        read_ftp(f"ftp://127.0.0.1:{port}/daten/*", LOGIN, {})
