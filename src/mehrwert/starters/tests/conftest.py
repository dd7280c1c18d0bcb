"""Fixtures of the room: an invented town with people, a house without a network."""

import socket

import pytest

from mehrwert.observations.tests.fixtures import observation_store
from mehrwert.observations.tests.pages import elsewhere, place

__all__ = ["elsewhere", "observation_store", "outgoing", "place"]


@pytest.fixture
def outgoing(monkeypatch):
    """Note every connection and every name that is looked up, and let none through."""
    tried = []

    def refuse(*given, **_):
        tried.append(given)
        raise OSError("no network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return tried
