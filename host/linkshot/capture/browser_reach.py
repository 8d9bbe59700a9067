"""Keeps a public page from bringing in what only this machine's network may see.

Chromium asks leave for what a public page loads from the private network, and nobody gives it here
(https://wicg.github.io/local-network-access/). It does not ask where the page itself goes there, nor where it
reaches the page through a proxy; older ones ask for less. So whom each answer came from is looked at as well.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from linkshot.capture.addresses import is_inner_name, is_private
from linkshot.errors import PrivateAddress
from linkshot.page.urls_parse import DEFAULT_PORTS

REFUSED = "refused"


class Reach:
    """How far the page at an address that a person named may reach: a private one anywhere, as it was named."""

    def __init__(self, url: str) -> None:
        """Nothing has answered yet; whoever does first is whom `url` named."""
        self.refused: set[str] = set()
        self._url = url
        # A proxy may stand before it, so nobody's address need say so.
        self._is_inside = True if url.startswith("file:") or is_inner_name(url) else None
        self._led_to = self._led_address = ""

    def refuses(self, url: str, address: str, port: int, *, is_page: bool = False) -> bool:
        """Note whom `url` was answered by; must it not be kept? `is_page`: the page itself went there."""
        # At another port stands a proxy, which says nothing of where the site is.
        is_inside = is_private(address) and port == _port_of(url)
        if self._is_inside is None:
            self._is_inside = is_inside
        if self._is_inside or not is_inside:
            return False
        self.refused.add(url)
        if is_page:
            self._led_to, self._led_address = url, address
        return True

    def refuses_answer(self, response: dict[str, Any], *, is_page: bool) -> bool:
        """The same of a `Network.Response`; one that came over no connection is let be."""
        address = response.get("remoteIPAddress", "")
        return bool(address) and self.refuses(
            response["url"], address, response["remotePort"], is_page=is_page
        )

    def check_page(self) -> None:
        """Make sure that the page has not gone where it may not.

        Raises:
            PrivateAddress: a redirect, a refresh or a script led it inside.
        """
        if self._led_to:
            raise PrivateAddress(url=self._url, target=self._led_to, address=self._led_address)


def is_refusal(failure: dict[str, Any]) -> bool:
    """Is this `Network.loadingFailed` the browser's own refusal to go inside?"""
    return "LocalNetwork" in failure.get("corsErrorStatus", {}).get("corsError", "")


def _port_of(url: str) -> int | None:
    parts = urlsplit(url)
    return parts.port or DEFAULT_PORTS.get(parts.scheme)
