"""Which addresses a capture may reach: a public page must not lead into the private network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from linkshot.errors import HostNotResolved

# Proxies on many machines answer every name with an address of this range ("fake IP").
_FAKE = ipaddress.ip_network("198.18.0.0/15")
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
    if isinstance(ip, ipaddress.IPv4Address) and ip in _FAKE:
        return False
    return not ip.is_global or ip.is_multicast


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


async def private_address_of(host: str) -> str | None:
    """The first private address that `host` stands for; None where all are public."""
    return next(filter(is_private, await addresses_of(host)), None)


def _behind_nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
