"""Which addresses a capture may reach: a public page must not lead into the private network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from linkshot.errors import HostNotResolved

Resolve = Callable[[str], Awaitable[list[str]]]

# Proxies on many machines answer every name with an address of these ranges ("fake IP"): those for tests of devices
# (RFC 2544 and 5180), and what Xray and sing-box take of the addresses that nobody may have yet (RFC 4193, 3.2).
_FAKE = tuple(map(ipaddress.ip_network, ("198.18.0.0/15", "2001:2::/48", "fc00::/18")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_private(address: str) -> bool:
    """Is this IP address one that only this machine or its network can reach?"""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _behind_nat64(ip)
        ip = inner or ip
    if any(ip in network for network in _FAKE):
        return False
    return not ip.is_global or ip.is_multicast


def is_inner_name(url: str) -> bool:
    """Does this address name a place inside by itself: a private IP address, or this machine?"""
    host = urlsplit(url).hostname or ""
    return is_private(host) or host == "localhost" or host.endswith(".localhost")


def inner_target(origins: Sequence[str], targets: Sequence[str]) -> str | None:
    """The private address that a page at `origins` must not lead to; None where it may go on.

    Both are all addresses of a host. A page that is itself inside may lead anywhere.
    """
    if any(map(is_private, origins)):
        return None
    return next(filter(is_private, targets), None)


async def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host name.

    Raises:
        HostNotResolved: it has none.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostNotResolved(host=host) from error
    return [str(entry[4][0]) for entry in found]


class Hosts:
    """What one capture has learnt of hosts: each is asked for once, one that is silent not again.

    A page often has a hundred pictures at a host that is gone or blocked; a wait for each of them
    would be longer than a person's patience.
    """

    def __init__(self, resolve: Resolve) -> None:
        """Nothing is known yet."""
        self._resolve = resolve
        self._asked: dict[str, asyncio.Task[list[str]]] = {}
        self._silent: set[str] = set()

    async def addresses(self, host: str) -> list[str]:
        """The IP addresses of a host.

        Raises:
            HostNotResolved: it has none.
        """
        if host not in self._asked:
            self._asked[host] = asyncio.create_task(self._resolved(host))
        # Whoever asks may be stopped; the others still wait for the same answer.
        found = await asyncio.shield(self._asked[host])
        if not found:
            raise HostNotResolved(host=host)
        return found

    def note_silent(self, host: str) -> None:
        """No connection to this host came about in the time there was."""
        self._silent.add(host)

    def is_silent(self, host: str) -> bool:
        """Did this host not answer before?"""
        return host in self._silent

    async def _resolved(self, host: str) -> list[str]:
        try:
            return await self._resolve(host)
        except HostNotResolved:
            return []


def _behind_nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
