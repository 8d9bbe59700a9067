"""Start the host as a browser does and say hello (host/PROTOCOL.md)."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from linkshot.errors import Language
from linkshot_installer.browser import Family
from linkshot_installer.manifest import CHROMIUM_ORIGIN, FIREFOX_ID

PROTOCOL = 1
TIMEOUT_SECONDS = 10
# Browsers give their hosts the environment of the desktop, not that of a shell with a virtual environment.
_NOT_OF_THE_DESKTOP = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "LINKSHOT_LIBRARY")
_DESKTOP_PATH = "/usr/local/bin:/usr/bin:/bin"


class NoAnswer(Exception):
    """The host did not answer as it should; `code` and `reason` are for a finding."""

    def __init__(self, code: str, reason: str = "") -> None:
        """`code` is one of findings.ADVICE."""
        super().__init__(code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """The host's answer to hello."""

    took_ms: float
    version: str
    library: str


def greet(host: Path, family: Family, manifest: Path, language: Language) -> Greeting:
    """The answer of the host at `host`, started as a browser of `family` would; a refusal is in `language`.

    Raises:
        NoAnswer: it did not start, was silent, or answered something else.
    """
    arguments = [CHROMIUM_ORIGIN] if family == "chromium" else [str(manifest), FIREFOX_ID]
    started = time.perf_counter()
    try:
        ended = subprocess.run(
            [str(host), *arguments],
            input=_frame(_hello(language)),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            env=_desktop_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoAnswer("host_silent") from error
    except OSError as error:
        raise NoAnswer("host_not_started", error.strerror or str(error)) from error
    reply = _reply(ended)
    if reply.get("ok") is not True:
        raise NoAnswer("host_refused", str(reply.get("message") or reply.get("code")))
    return Greeting(
        took_ms=(time.perf_counter() - started) * 1000,
        version=str(reply.get("host_version", "")),
        library=str(reply.get("library", "")),
    )


def _hello(language: Language) -> dict[str, object]:
    return {
        "id": 1,
        "action": "hello",
        "protocol": PROTOCOL,
        "extension_version": "0",
        "browser": "linkshot doctor",
        "language": language,
    }


def _frame(message: dict[str, object]) -> bytes:
    body = json.dumps(message).encode()
    return struct.pack("=I", len(body)) + body


def _reply(ended: subprocess.CompletedProcess[bytes]) -> dict[str, object]:
    output = ended.stdout
    try:
        (length,) = struct.unpack_from("=I", output)
        reply = json.loads(output[4 : 4 + length])
    except (struct.error, ValueError):
        reply = None
    if isinstance(reply, dict):
        return reply
    said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
    reason = said[-1] if said else f"status {ended.returncode}"
    raise NoAnswer("host_not_started", reason)


def _desktop_environment() -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if k not in _NOT_OF_THE_DESKTOP}
    if os.name != "nt":
        environment["PATH"] = _DESKTOP_PATH
    return environment
