"""Addresses as browsers read and write them: https://url.spec.whatwg.org/, the part that pages use.

What a browser calls a resource has to be computed here again, character for character, from a
document's relative references; `urllib.parse` keeps many spellings that browsers change.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

import idna

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "file": None}

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_DRIVE = re.compile(r"/?([a-zA-Z])[:|](?=[/\\?#]|$)")
_CONTROL_OR_SPACE = "".join(map(chr, range(0x21)))
_BAD_HOST = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
# Characters that each part writes as %XX; beyond ASCII everywhere.
_IN_PATH = re.compile(r"[^!$%&'()*+,\-./0-9:;=@A-Z\[\\\]^_a-z|~]")
_IN_QUERY = re.compile(r"[^!$%&()*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z{|}~]")
_IN_FRAGMENT = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\\\]^_a-z{|}~]")
_IN_USERINFO = re.compile(r"[^!$%&'()*+,\-.0-9A-Z_a-z~:]")
_DOT = {".", "%2e", "%2E"}
_DOTS = {a + b for a in _DOT for b in _DOT}


class AddressInvalid(ValueError):
    """The text is no address, alone or against its base."""


@dataclass(frozen=True)
class Address:
    """The parts of an http(s), ws(s), ftp or file address, each as it is written."""

    scheme: str
    userinfo: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        """The address in one piece."""
        authority = (f"{self.userinfo}@" if self.userinfo else "") + self.host
        if self.port is not None:
            authority += f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{authority}{self.path}{query}{fragment}"


def parse(text: str, base: Address | None = None) -> Address | str:
    """The address that `text` is, against `base`; a plain string for schemes without a host.

    Raises:
        AddressInvalid: it is none.
    """
    text = text.strip(_CONTROL_OR_SPACE)
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.translate({9: None, 10: None, 13: None})
    found = _SCHEME.match(text)
    if found is None:
        return _relative(text, base)
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme not in DEFAULT_PORTS:
        return f"{scheme}:{rest}"
    if base is not None and scheme == base.scheme and not rest.startswith(("/", "\\")):
        return _relative(rest, base)
    return _file(rest, base) if scheme == "file" else _with_host(scheme, rest)


def _split(text: str) -> tuple[str, str | None, str | None]:
    """Path part with its slashes righted, query and fragment, each encoded."""
    text, has_fragment, fragment = text.partition("#")
    text, has_query, query = text.partition("?")
    return (
        text.replace("\\", "/"),
        _encode(query, _IN_QUERY) if has_query else None,
        _encode(fragment, _IN_FRAGMENT) if has_fragment else None,
    )


def _with_host(scheme: str, rest: str) -> Address:
    before, query, fragment = _split(rest)
    authority, _, path = before.lstrip("/").partition("/")
    userinfo, _, host_port = authority.rpartition("@")
    host, port = _host_and_port(host_port)
    return Address(
        scheme=scheme,
        userinfo=_encode(userinfo, _IN_USERINFO).rstrip(":"),
        host=host,
        port=None if port == DEFAULT_PORTS[scheme] else port,
        path=_path("/" + path),
        query=query,
        fragment=fragment,
    )


def _file(rest: str, base: Address | None) -> Address:
    path, query, fragment = _split(rest)
    if path.startswith("//"):
        host, _, path = path[2:].partition("/")
        if _DRIVE.match(host):
            host, path = "", f"{host}/{path}"
        host = "" if host.lower() == "localhost" else _host(host) if host else ""
        return Address("file", "", host, None, _path("/" + path), query, fragment)
    if path.startswith("/") or base is None:
        return Address("file", "", "", None, _path("/" + path.lstrip("/")), query, fragment)
    return _relative(rest, base)


def _relative(text: str, base: Address | None) -> Address:
    if base is None:
        raise AddressInvalid(text)
    path, query, fragment = _split(text)
    if path.startswith("//"):
        return _file(text, base) if base.scheme == "file" else _with_host(base.scheme, text)
    if path.startswith("/"):
        return replace(base, path=_path(path), query=query, fragment=fragment)
    if path:
        folder = base.path.rpartition("/")[0]
        return replace(base, path=_path(f"{folder}/{path}"), query=query, fragment=fragment)
    return replace(base, query=base.query if query is None else query, fragment=fragment)


def _path(path: str) -> str:
    if "/." not in path and "/%2" not in path:
        return _encode(path, _IN_PATH)
    kept: list[str] = []
    parts = path.split("/")[1:]
    for number, part in enumerate(parts, 1):
        is_last = number == len(parts)
        if part in _DOTS:
            if kept:
                kept.pop()
        elif part not in _DOT:
            kept.append(part)
            continue
        if is_last:
            kept.append("")
    return _encode("/" + "/".join(kept), _IN_PATH)


def _host_and_port(text: str) -> tuple[str, int | None]:
    end_of_v6 = text.rfind("]")
    colon = text.rfind(":")
    if colon <= end_of_v6:
        return _host(text), None
    digits = text[colon + 1 :]
    if not digits:
        return _host(text[:colon]), None
    if not (digits.isascii() and digits.isdigit()) or int(digits[:9]) > 65535:
        raise AddressInvalid(text)
    return _host(text[:colon]), int(digits)


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(text.strip('[]')).compressed}]"
        except ValueError as error:
            raise AddressInvalid(text) from error
    host = unquote_to_bytes(text).decode("utf-8", "replace") if "%" in text else text
    host = _to_ascii(host)
    if not host or _BAD_HOST.search(host):
        raise AddressInvalid(text)
    return _ipv4(host)


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError as error:
        raise AddressInvalid(host) from error


def _ipv4(host: str) -> str:
    """Numbers in any of the spellings that inet_aton reads become a.b.c.d."""
    parts = host.removesuffix(".").split(".")
    if not re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", parts[-1]):
        return host
    if len(parts) > 4:
        raise AddressInvalid(host)
    try:
        numbers = [_number(part) for part in parts]
        if any(number > 255 for number in numbers[:-1]):
            raise AddressInvalid(host)
        value = sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1]))
        if numbers[-1] >= 256 ** (5 - len(numbers)):
            raise AddressInvalid(host)
        return str(ipaddress.IPv4Address(value + numbers[-1]))
    except ValueError as error:
        raise AddressInvalid(host) from error


def _number(text: str) -> int:
    if len(text) > 40:
        raise AddressInvalid(text)
    if text[:2] in ("0x", "0X"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if len(text) > 1 and text[0] == "0" else int(text)


def _encode(text: str, forbidden: re.Pattern[str]) -> str:
    return forbidden.sub(_percent, text)


def _percent(found: re.Match[str]) -> str:
    raw = found[0].encode("utf-8", "replace")
    return "".join(f"%{byte:02X}" for byte in raw)
