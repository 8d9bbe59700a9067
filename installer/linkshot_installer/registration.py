"""Register the host with every browser found, and take exactly that away again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from linkshot_installer.browser import Browser, Place
from linkshot_installer.browsers import BROWSERS
from linkshot_installer.files import FolderRecord, write_file
from linkshot_installer.machine import Machine, found_browsers
from linkshot_installer.manifest import HOST_NAME, manifest_bytes

State = Literal["installed", "unchanged", "replaced", "unreachable", "failed"]
Removal = Literal["removed", "changed", "failed"]

UNREACHABLE = ("flatpak", "snap")
# Of several places of one browser, the most notable speaks for it.
_NOTABLE: tuple[State, ...] = ("unreachable", "unchanged", "installed", "replaced", "failed")


@dataclass(frozen=True, kw_only=True)
class Target:
    """One manifest file of one browser, and on Windows the key that points at it."""

    browser: Browser
    manifest: Path
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What `install` did for one browser; `reason` says why where it failed."""

    browser: Browser
    state: State
    targets: tuple[Target, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Removed:
    """What `uninstall` did with one file or key."""

    what: str
    state: Removal
    reason: str = ""


def targets(machine: Machine, browser: Browser, place: Place) -> list[Target]:
    """Where `browser` looks for the host on this machine; nothing is touched."""
    if browser.sandbox in UNREACHABLE:
        return []
    if machine.system == "windows":
        manifest = machine.state_dir / f"{browser.family}.json"
        keys = (rf"{key}\{HOST_NAME}" for key in place.registry_keys)
        return [Target(browser=browser, manifest=manifest, key=key) for key in keys]
    folders = (machine.resolve(folder) for folder in place.manifest_dirs)
    return [Target(browser=browser, manifest=folder / f"{HOST_NAME}.json") for folder in folders]


def install(machine: Machine, exe: Path) -> list[Registered]:
    """Let every browser found start the host at `exe`; a second time changes nothing."""
    folders = FolderRecord.load(machine.state_dir)
    # Browsers share places: what was done for the first holds for the next.
    done: dict[tuple[Path, str], State] = {}
    results: list[Registered] = []
    for browser, place in found_browsers(machine):
        wanted = tuple(targets(machine, browser, place))
        state: State = "unchanged" if wanted else "unreachable"
        reason = ""
        try:
            for target in wanted:
                where = (target.manifest, target.key)
                if where not in done:
                    done[where] = _install_target(machine, target, exe, folders)
                state = max(state, done[where], key=_NOTABLE.index)
        except OSError as error:
            state, reason = "failed", f"{error.filename or ''} {error.strerror or error}".strip()
        results.append(Registered(browser=browser, state=state, targets=wanted, reason=reason))
    return results


def uninstall(machine: Machine) -> list[Removed]:
    """Remove every registration that stands as `install` wrote it; say which a person changed."""
    everywhere = {
        (target.manifest, target.key): target
        for browser, place in _rows(machine)
        for target in targets(machine, browser, place)
    }
    results: list[Removed] = []
    for target in everywhere.values():
        results += _attempt(target.key, partial(_remove_key, machine, target))
    for target in {target.manifest: target for target in everywhere.values()}.values():
        results += _attempt(str(target.manifest), partial(_remove_manifest, target))
    FolderRecord.load(machine.state_dir).remove_empty()
    return results


def written_by_install(browser: Browser, content: bytes) -> bool:
    """Is this manifest, byte for byte, one that `install` writes (for whatever path of the host)?"""
    try:
        path = json.loads(content)["path"]
    except (ValueError, KeyError, TypeError):
        return False
    return isinstance(path, str) and manifest_bytes(browser, Path(path)) == content


def _install_target(machine: Machine, target: Target, exe: Path, folders: FolderRecord) -> State:
    content = manifest_bytes(target.browser, exe)
    current = _read(target.manifest)
    state: State = "unchanged"
    if current != content:
        state = "installed"
        folders.make(target.manifest.parent)
        if current is not None and not written_by_install(target.browser, current):
            target.manifest.replace(target.manifest.with_suffix(".json.old"))
            state = "replaced"
        write_file(target.manifest, content)
    registry = machine.registry
    if target.key and registry is not None and registry.read(target.key) != str(target.manifest):
        registry.write(target.key, str(target.manifest))
        state = "installed" if state == "unchanged" else state
    return state


def _remove_key(machine: Machine, target: Target) -> Removal | None:
    registry = machine.registry
    found = registry.read(target.key) if registry is not None and target.key else None
    if registry is None or found is None:
        return None
    if found != str(target.manifest):
        return "changed"
    registry.delete(target.key)
    return "removed"


def _remove_manifest(target: Target) -> Removal | None:
    content = _read(target.manifest)
    if content is None:
        return None
    if not written_by_install(target.browser, content):
        return "changed"
    target.manifest.unlink()
    return "removed"


def _attempt(what: str, remove: Callable[[], Removal | None]) -> list[Removed]:
    try:
        state = remove()
    except OSError as error:
        return [Removed(what=what, state="failed", reason=error.strerror or str(error))]
    return [] if state is None else [Removed(what=what, state=state)]


def _rows(machine: Machine) -> list[tuple[Browser, Place]]:
    """All rows of this system: a browser may be gone and its registration still be there."""
    rows = ((browser, browser.places.get(machine.system)) for browser in BROWSERS)
    return [(browser, place) for browser, place in rows if place]


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
