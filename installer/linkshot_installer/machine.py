"""The machine Linkshot is installed on: its system, the person's folders, where programs are."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from linkshot_installer.browser import Browser, Place, System
from linkshot_installer.browsers import BROWSERS
from linkshot_installer.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Machine:
    """`state_dir` is Linkshot's own folder; `registry` is there on Windows only."""

    system: System
    home: Path
    state_dir: Path
    local_app_data: Path
    app_data: Path
    search_path: str = ""
    registry: Registry | None = None

    def resolve(self, folder: str) -> Path:
        """A folder of the table as a path of this machine."""
        for name, base in (
            ("~", self.home),
            ("%LOCALAPPDATA%", self.local_app_data),
            ("%APPDATA%", self.app_data),
        ):
            if folder.startswith(name):
                rest = folder[len(name) :].replace("\\", "/").strip("/")
                return base.joinpath(*rest.split("/"))
        return Path(folder)

    def has(self, place: Place) -> bool:
        """Is a browser with this place here?"""
        if any(self.resolve(folder).is_dir() for folder in place.data_dirs):
            return True
        return any(self._has_program(program) for program in place.programs)

    def _has_program(self, name: str) -> bool:
        found = shutil.which(name, path=self.search_path) if self.search_path else None
        # /snap/bin/firefox is the snap, which has a row of its own.
        return found is not None and "/snap/" not in found


def this_machine() -> Machine:
    """The machine this process runs on."""
    home = Path.home()
    local = os.environ.get("LOCALAPPDATA")
    roaming = os.environ.get("APPDATA")
    return Machine(
        system=_system(),
        home=home,
        state_dir=Path(platformdirs.user_data_dir("linkshot", appauthor=False)) / "browsers",
        local_app_data=Path(local) if local else home / "AppData" / "Local",
        app_data=Path(roaming) if roaming else home / "AppData" / "Roaming",
        search_path=os.environ.get("PATH", ""),
        registry=_registry(),
    )


def found_browsers(machine: Machine) -> list[tuple[Browser, Place]]:
    """The rows of the table whose browser is on this machine, in the table's order."""
    rows = ((browser, browser.places.get(machine.system)) for browser in BROWSERS)
    return [(browser, place) for browser, place in rows if place and machine.has(place)]


def _system() -> System:
    if sys.platform == "win32":
        return "windows"
    return "darwin" if sys.platform == "darwin" else "linux"


def _registry() -> Registry | None:
    if sys.platform == "win32":
        from linkshot_installer.registry import UserRegistry

        return UserRegistry()
    return None
