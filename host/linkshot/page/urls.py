"""Addresses: resolving them as a browser does, and the one form by which a link is known."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from linkshot.errors import UrlInvalid
from linkshot.page.urls_parse import Address, AddressInvalid, parse
from linkshot.page.urls_tracking import clean_address

_WEB_SCHEMES = ("http", "https", "file")
_LOOKS_LIKE_HOST = re.compile(
    r"(localhost|[^\s/:?#@\\]+\.[^\s/:?#@\\.]{2,}|[0-9.]+)(:\d+)?([/?#]|$)"
)
_WWW = re.compile(r"^(www\d?|m|wap|mobile)\.(?=[^.]+\.)")
# What a browser writes: most references in a captured document, spared the parse.
_ALREADY_PLAIN = re.compile(
    r"https?://(?=[^/]*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)*/[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*"
    r"(?:\?[!$%&()*+,./0-9:;=?@A-Z_a-z~-]*)?"
)
_PLAIN_PATH = re.compile(
    r"/(?!/)[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*(?:\?[!$%&()*+,./0-9:;=?@A-Z_a-z~-]*)?"
)
_MAX_LENGTH = 65_536


def canonical_url(url: str) -> str:
    """The address by which a link is known: the same page written differently gives the same.

    An address typed without its scheme gets https. What is removed or changed stands in the
    tables of `urls_tracking`. Applying this twice changes nothing more.

    Raises:
        UrlInvalid: not an http, https or file address.
    """
    return str(clean_address(_typed_address(url)))


def page_address(url: str) -> str:
    """The address to fetch for what a person typed: whole, with scheme, nothing removed.

    Raises:
        UrlInvalid: not an http, https or file address.
    """
    return str(_typed_address(url))


def plain_address(url: str) -> str | None:
    """What a person typed without a scheme, over plain http; None where they named one.

    It is what a browser tries next where https, which such an address gets first, is not there.
    """
    text = url.strip()
    return page_address(f"http://{text}") if _LOOKS_LIKE_HOST.match(text) else None


def site_of(url: str) -> str:
    """The host as a person would name the site: without port, `www.` or `m.`; "" for a file."""
    try:
        address = parse(url)
    except AddressInvalid:
        return ""
    return _WWW.sub("", address.host) if isinstance(address, Address) else ""


def typed_site(text: str) -> str:
    """A site as `site_of` names it, of a site or an address as a person types it."""
    typed = text.strip().lstrip("*.")
    return site_of(typed if "://" in typed else f"https://{typed}") or typed.casefold()


def resolve(base: str, reference: str) -> str | None:
    """The absolute address of `reference` in a document at `base`, as a browser writes it.

    None where it is no address at all. Schemes without a host (data:, blob:) come back as they are.
    """
    if "/." not in reference and "/%2" not in reference:
        if _ALREADY_PLAIN.fullmatch(reference):
            return reference
        if _PLAIN_PATH.fullmatch(reference) and (origin := _web_origin(base)):
            return origin + reference
    try:
        return str(parse(reference, _base_address(base)))
    except AddressInvalid:
        return None


def without_fragment(url: str) -> str:
    """`url` up to its fragment."""
    return url.partition("#")[0]


@functools.lru_cache(maxsize=64)
def _base_address(base: str) -> Address | None:
    try:
        address = parse(base)
    except AddressInvalid:
        return None
    return address if isinstance(address, Address) else None


@functools.lru_cache(maxsize=64)
def _web_origin(base: str) -> str:
    """Scheme, host and port as an address below them is written; "" where there is no web host."""
    address = _base_address(base)
    if address is None or address.scheme not in ("http", "https"):
        return ""
    return str(replace(address, path="", query=None, fragment=None))


def _typed_address(url: str) -> Address:
    text = url.strip()
    if _LOOKS_LIKE_HOST.match(text):
        text = f"https://{text}"
    try:
        if len(text) > _MAX_LENGTH:
            raise AddressInvalid(text[:80])
        address = parse(text)
    except AddressInvalid as error:
        raise UrlInvalid(url=url[:200]) from error
    if not isinstance(address, Address) or address.scheme not in _WEB_SCHEMES:
        raise UrlInvalid(url=url[:200])
    return address
