"""The host's manifest for each family."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path, PurePosixPath

from linkshot_installer.browsers import BROWSERS
from linkshot_installer.manifest import CHROMIUM_ORIGIN, FIREFOX_ID, manifest_bytes, manifest_for

CHROME = next(b for b in BROWSERS if b.name == "Google Chrome")
FIREFOX = next(b for b in BROWSERS if b.name == "Firefox")
EXE = PurePosixPath("/opt/链接 快照/bin/linkshot-host")
EXTENSION = Path(__file__).parents[2] / "extension" / "manifest.json"


def test_chromium_manifest_is_whole() -> None:
    assert manifest_for(CHROME, EXE) == {
        "name": "org.linkshot.host",
        "description": "Linkshot 链接快照",
        "path": "/opt/链接 快照/bin/linkshot-host",
        "type": "stdio",
        "allowed_origins": ["chrome-extension://dpcbbfpmgdooghflddnlinmhmmmfgigl/"],
    }


def test_firefox_manifest_is_whole() -> None:
    assert manifest_for(FIREFOX, EXE) == {
        "name": "org.linkshot.host",
        "description": "Linkshot 链接快照",
        "path": "/opt/链接 快照/bin/linkshot-host",
        "type": "stdio",
        "allowed_extensions": ["linkshot@linkshot.org"],
    }


def test_bytes_are_the_manifest_in_utf8() -> None:
    content = manifest_bytes(CHROME, EXE)
    assert json.loads(content) == manifest_for(CHROME, EXE)
    assert "链接 快照".encode() in content


def test_ids_are_those_of_the_extension() -> None:
    manifest = json.loads(EXTENSION.read_bytes())
    digest = hashlib.sha256(base64.b64decode(manifest["key"])).hexdigest()[:32]
    letters = "".join("abcdefghijklmnop"[int(digit, 16)] for digit in digest)
    assert f"chrome-extension://{letters}/" == CHROMIUM_ORIGIN
    assert manifest["browser_specific_settings"]["gecko"]["id"] == FIREFOX_ID
