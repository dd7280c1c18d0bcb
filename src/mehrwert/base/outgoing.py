"""Connections to the outside: only to hosts that the operator allowed, never by surprise inwards.

The option ``outgoing_hosts`` lists names of hosts, IP addresses and networks (``10.20.0.0/16``).
A host is allowed if its name is listed, or its address. An address that is not of the public
internet must be listed itself: a listed name that suddenly points into the network of the town
hall leads nowhere. Whoever connects uses the address that was checked, not the name again.
"""

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from mehrwert.base.errors import HostNotAllowedError, HostUnknownError, PrivateAddressError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the address that was checked, and the name for certificates."""

    host: str
    port: int
    address: str

    def connect(self, timeout_s: float) -> socket.socket:
        """Open a connection.

        Raises:
            OSError: Nobody answers there.
        """
        return socket.create_connection((self.address, self.port), timeout_s)


def check_host(host: str, port: int) -> Target:
    """Return where to connect for a host.

    Raises:
        HostNotAllowedError: Neither its name nor its address is listed.
        HostUnknownError: The name leads nowhere.
        PrivateAddressError: It leads into an inner network that is not listed.
    """
    listed = settings.MEHRWERT.outgoing_hosts
    names = {entry.lower().rstrip(".") for entry in listed}
    networks = _networks(listed)
    wanted = host.lower().rstrip(".").strip("[]")
    own = _address(wanted)
    if own is None and wanted not in names and not networks:
        raise HostNotAllowedError(host=host)
    try:
        addresses = [own] if own is not None else _resolve(wanted, port)
    except HostUnknownError as error:
        if wanted in names:
            raise
        raise HostNotAllowedError(host=host) from error
    for address in addresses:
        is_listed = any(address in network for network in networks)
        if is_listed or (wanted in names and own is None and address.is_global):
            return Target(wanted, port, str(address))
    if own is None and wanted in names:
        raise PrivateAddressError(host=host, address=str(addresses[0]))
    raise HostNotAllowedError(host=host)


class NamedContext(ssl.SSLContext):
    """Checks the certificate for a name although the connection goes to an address."""

    host: str = ""

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: Any = None,
    ) -> ssl.SSLObject:
        """Wrap a connection of an event loop."""
        return super().wrap_bio(incoming, outgoing, server_side, self.host, session)


def secure_context(host: str) -> NamedContext:
    """Return a context that trusts what the system trusts and expects the certificate of a host."""
    context = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.host = host
    context.load_default_certs()
    return context


def _address(text: str) -> Address | None:
    try:
        return _plain(ipaddress.ip_address(text))
    except ValueError:
        return None


def _plain(address: Address) -> Address:
    """Return an IPv4 address that is written as IPv6 as what it is."""
    return getattr(address, "ipv4_mapped", None) or address


def _networks(listed: tuple[str, ...]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    found = []
    for entry in listed:
        try:
            found.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            continue  # a name
    return found


def _resolve(host: str, port: int) -> list[Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnknownError(host=host) from error
    return [_plain(ipaddress.ip_address(str(row[4][0]).partition("%")[0])) for row in rows]
