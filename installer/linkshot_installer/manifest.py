"""The native host's manifest, as each browser family wants it."""

from __future__ import annotations

import json
from pathlib import PurePath

from linkshot_installer.browser import Browser

HOST_NAME = "org.linkshot.host"
CHROMIUM_ORIGIN = "chrome-extension://dpcbbfpmgdooghflddnlinmhmmmfgigl/"
FIREFOX_ID = "linkshot@linkshot.org"
DESCRIPTION = "Linkshot 链接快照"


def manifest_for(browser: Browser, exe_path: PurePath) -> dict[str, object]:
    """The manifest through which `browser` finds the host at `exe_path` and lets our extension start it."""
    manifest: dict[str, object] = {
        "name": HOST_NAME,
        "description": DESCRIPTION,
        "path": str(exe_path),
        "type": "stdio",
    }
    if browser.family == "firefox":
        manifest["allowed_extensions"] = [FIREFOX_ID]
    else:
        manifest["allowed_origins"] = [CHROMIUM_ORIGIN]
    return manifest


def manifest_bytes(browser: Browser, exe_path: PurePath) -> bytes:
    """The manifest as it stands in its file, the same bytes every time."""
    text = json.dumps(manifest_for(browser, exe_path), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "surrogateescape") + b"\n"
