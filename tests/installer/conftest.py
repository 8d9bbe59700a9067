"""Machines of every system, each with a home folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkshot_installer.browser import SYSTEMS, Browser, System
from linkshot_installer.browsers import BROWSERS
from linkshot_installer.machine import Machine


class FileRegistry:
    """Keys as files: what a Windows machine is asked for, without Windows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> str | None:
        path = self.folder / key.replace("\\", "/")
        return (path / "default").read_text("utf-8") if (path / "default").is_file() else None

    def write(self, key: str, value: str) -> None:
        path = self.folder / key.replace("\\", "/")
        path.mkdir(parents=True, exist_ok=True)
        (path / "default").write_text(value, "utf-8")

    def delete(self, key: str) -> None:
        (self.folder / key.replace("\\", "/") / "default").unlink(missing_ok=True)


def machine_of(system: System, root: Path) -> Machine:
    """A machine whose home has a space and Chinese in its path, and no browser yet."""
    home = root / "用户 甲"
    return Machine(
        system=system,
        home=home,
        state_dir=home / "linkshot" / "browsers",
        local_app_data=home / "AppData" / "Local",
        app_data=home / "AppData" / "Roaming",
        registry=FileRegistry(root / "registry") if system == "windows" else None,
    )


def give(machine: Machine, *names: str) -> list[Browser]:
    """Put browsers on the machine: those named, or every row of its system."""
    rows = [b for b in BROWSERS if machine.system in b.places and (not names or b.name in names)]
    for browser in rows:
        machine.resolve(browser.places[machine.system].data_dirs[0]).mkdir(
            parents=True, exist_ok=True
        )
    return rows


@pytest.fixture(params=SYSTEMS)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    made = machine_of(request.param, tmp_path)
    made.home.mkdir()
    return made


@pytest.fixture
def linux(tmp_path: Path) -> Machine:
    made = machine_of("linux", tmp_path)
    made.home.mkdir()
    return made


@pytest.fixture
def windows(tmp_path: Path) -> Machine:
    made = machine_of("windows", tmp_path)
    made.home.mkdir()
    return made
