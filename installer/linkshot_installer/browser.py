"""What Linkshot has to know of a browser to be reached from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

System = Literal["linux", "darwin", "windows"]
Family = Literal["chromium", "firefox"]
Sandbox = Literal["", "flatpak", "snap", "portal"]

SYSTEMS: tuple[System, ...] = ("linux", "darwin", "windows")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A browser on one system.

    It is there if one of `data_dirs` is, or one of `programs` (a command on the PATH). Its native hosts'
    manifests stand in `manifest_dirs`; on Windows `registry_keys` point at them instead. `~`,
    `%LOCALAPPDATA%` and `%APPDATA%` stand for the person's own.
    """

    data_dirs: tuple[str, ...]
    manifest_dirs: tuple[str, ...] = ()
    registry_keys: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Browser:
    """One row of the table; `extensions_page` is where its person loads an extension.

    A `sandbox` of `flatpak` or `snap` cannot start a host; one of `portal` can, once the person agrees.
    """

    name: str
    family: Family
    extensions_page: str
    places: dict[System, Place] = field(default_factory=dict)
    sandbox: Sandbox = ""
