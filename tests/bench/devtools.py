"""Chromium with the extension, spoken to by the debugging protocol alone.

A driver such as Playwright attaches to every page as it opens and answers each of its requests, which
costs a popup's first milliseconds more than the popup does. Here nothing is attached to but what
is asked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.sync.client import connect

REPOSITORY = Path(__file__).parents[2]
EXTENSION_ID = "dpcbbfpmgdooghflddnlinmhmmmfgigl"
HOST_NAME = "org.linkshot.host"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=DisableLoadExtensionCommandLineSwitch",
    "--window-size=1000,700",
    # Names outside this machine are never waited for.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
START_S = 30


class DevtoolsError(Exception):
    """The browser refused a command, a script threw, or no answer came in time."""


class Devtools:
    """One browser with a profile and a library below `folder`."""

    def __init__(self, folder: Path, extension: Path = REPOSITORY / "extension") -> None:
        """Start it and connect."""
        self.profile = folder / "profile"
        self._install_host(folder)
        self._process = subprocess.Popen(
            [
                self._program(),
                *ARGUMENTS,
                f"--user-data-dir={self.profile}",
                "--remote-debugging-port=0",
                f"--load-extension={extension}",
                f"--disable-extensions-except={extension}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack = ExitStack()
        self._socket = self._stack.enter_context(connect(self._address(), max_size=None))
        self._last_id = 0

    def __enter__(self) -> Devtools:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    @staticmethod
    def _program() -> str:
        found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
        if found is None:
            raise DevtoolsError("no Chromium, Chrome or Edge on this machine")
        return found

    def _install_host(self, folder: Path) -> None:
        host = Path(sys.executable).with_name("linkshot-host")
        script = folder / "host"
        script.write_text(
            f'#!/bin/sh\nLINKSHOT_LIBRARY="{folder / "library"}" exec "{host}" "$@"\n'
        )
        script.chmod(0o755)
        place = self.profile / "NativeMessagingHosts"
        place.mkdir(parents=True)
        manifest = {
            "name": HOST_NAME,
            "description": "Linkshot",
            "path": str(script),
            "type": "stdio",
            "allowed_origins": [f"chrome-extension://{EXTENSION_ID}/"],
        }
        (place / f"{HOST_NAME}.json").write_text(json.dumps(manifest))

    def _address(self) -> str:
        """The browser's own address, once it has written it down."""
        written = self.profile / "DevToolsActivePort"
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if written.is_file() and len(lines := written.read_text().splitlines()) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            time.sleep(0.05)
        raise DevtoolsError("the browser did not start")

    def send(self, method: str, *, session: str = "", timeout_s: float = 30, **fields: Any) -> Any:
        """The answer to one command, events passed over.

        Raises:
            DevtoolsError: refused, or not answered in time.
        """
        self._last_id += 1
        command = {"id": self._last_id, "method": method, "params": fields}
        self._socket.send(json.dumps(command | ({"sessionId": session} if session else {})))
        until = time.monotonic() + timeout_s
        while (left := until - time.monotonic()) > 0:
            try:
                answer = json.loads(self._socket.recv(timeout=left))
            except TimeoutError:
                break
            if answer.get("id") == self._last_id:
                if "error" in answer:
                    raise DevtoolsError(f"{method}: {answer['error']['message']}")
                return answer["result"]
        raise DevtoolsError(f"{method}: no answer in {timeout_s} s")

    def open(self, url: str, **place: Any) -> str:
        """A new tab with `url`; its target. `place`: as Target.createTarget has it, such as a window of its own."""
        return str(self.send("Target.createTarget", url=url, **place)["targetId"])

    def find_target(self, url: str) -> str:
        """The target whose address begins like this.

        Raises:
            DevtoolsError: none does.
        """
        infos = self.send("Target.getTargets")["targetInfos"]
        found = next((info["targetId"] for info in infos if info["url"].startswith(url)), None)
        if found is None:
            raise DevtoolsError(f"nothing shows {url}")
        return str(found)

    def attach(self, target: str) -> str:
        """A session with a target."""
        return str(self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])

    def detach(self, session: str) -> None:
        """End a session; the target stays."""
        self.send("Target.detachFromTarget", sessionId=session)

    def close_target(self, target: str) -> None:
        """Close a tab."""
        self.send("Target.closeTarget", targetId=target)

    def evaluate(self, session: str, expression: str, timeout_s: float = 30) -> Any:
        """The expression's value, its promise awaited."""
        answer = self.send(
            "Runtime.evaluate",
            session=session,
            timeout_s=timeout_s,
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise DevtoolsError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def extension_url(self, path: str) -> str:
        """The address of a page of the extension."""
        return f"chrome-extension://{EXTENSION_ID}/{path}"
