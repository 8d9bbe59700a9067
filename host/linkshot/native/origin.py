"""Which extension started the host: browsers say it on the command line.

Chromium passes `chrome-extension://<id>/` first (and `--parent-window=…` on Windows); Firefox the
path of the host's manifest, then the add-on's id.
https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-protocol
https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging
"""

from __future__ import annotations

from collections.abc import Sequence

# Follows from the `key` of extension/manifest.json: the first 128 bits of its SHA-256 as a to p.
CHROMIUM_EXTENSION_ID = "dpcbbfpmgdooghflddnlinmhmmmfgigl"
FIREFOX_EXTENSION_ID = "linkshot@linkshot.org"


def is_allowed_origin(arguments: Sequence[str]) -> bool:
    """Whether the arguments name Linkshot's own extension as the one that started the host."""
    if arguments and arguments[0] == f"chrome-extension://{CHROMIUM_EXTENSION_ID}/":
        return True
    return len(arguments) >= 2 and arguments[1] == FIREFOX_EXTENSION_ID
