"""Install and uninstall, on every system, for every row."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.installer.conftest import give

from linkshot_installer.browsers import BROWSERS
from linkshot_installer.machine import Machine
from linkshot_installer.manifest import manifest_for
from linkshot_installer.registration import Removed, install, targets, uninstall

EXE = Path("/opt/链接 快照/linkshot-host")


def tree(machine: Machine) -> dict[str, bytes]:
    """Every folder and file of the home, and every key."""
    root = machine.home.parent
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else b""
        for path in root.rglob("*")
    }


def test_every_row_gets_its_manifest(machine: Machine) -> None:
    rows = give(machine)
    install(machine, EXE)
    for browser in rows:
        for target in targets(machine, browser, browser.places[machine.system]):
            assert json.loads(target.manifest.read_bytes()) == manifest_for(browser, EXE)


def test_windows_keys_point_at_the_manifest(windows: Machine) -> None:
    rows = give(windows)
    install(windows, EXE)
    wanted = {
        t.key: str(t.manifest) for b in rows for t in targets(windows, b, b.places["windows"])
    }
    registry = windows.registry
    assert registry is not None
    assert {key: registry.read(key) for key in wanted} == wanted


def test_windows_plan_for_firefox_is_pure(windows: Machine) -> None:
    firefox = next(b for b in BROWSERS if b.name == "Firefox")
    (target,) = targets(windows, firefox, firefox.places["windows"])
    assert target.key == r"Software\Mozilla\NativeMessagingHosts\org.linkshot.host"
    assert target.manifest == windows.state_dir / "firefox.json"


def test_install_without_browsers_writes_nothing(machine: Machine) -> None:
    before = tree(machine)
    assert install(machine, EXE) == []
    assert tree(machine) == before


def test_install_writes_only_where_a_browser_is(linux: Machine) -> None:
    give(linux, "Chromium")
    install(linux, EXE)
    manifests = [
        path.relative_to(linux.home) for path in linux.home.rglob("org.linkshot.host.json")
    ]
    assert manifests == [Path(".config/chromium/NativeMessagingHosts/org.linkshot.host.json")]


def test_second_install_changes_nothing(machine: Machine) -> None:
    give(machine)
    install(machine, EXE)
    before = tree(machine)
    states = {result.state for result in install(machine, EXE)}
    assert tree(machine) == before
    assert states <= {"unchanged", "unreachable"}


def test_uninstall_leaves_the_machine_as_it_was(machine: Machine) -> None:
    give(machine)
    before = tree(machine)
    install(machine, EXE)
    uninstall(machine)
    after = tree(machine)
    assert {name for name in after if not name.startswith("registry")} == {
        name for name in before if not name.startswith("registry")
    }
    assert not [name for name in after if name.endswith("default")]


def test_uninstall_keeps_what_a_person_changed(linux: Machine) -> None:
    give(linux, "Chromium", "Firefox")
    chromium, _firefox = install(linux, EXE)
    manifest = chromium.targets[0].manifest
    changed = json.loads(manifest.read_bytes()) | {"allowed_origins": ["chrome-extension://mine/"]}
    manifest.write_text(json.dumps(changed), "utf-8")
    results = uninstall(linux)
    assert Removed(what=str(manifest), state="changed") in results
    assert json.loads(manifest.read_bytes()) == changed


def test_uninstall_keeps_a_foreign_folder_content(linux: Machine) -> None:
    give(linux, "Chromium")
    (result,) = install(linux, EXE)
    other = result.targets[0].manifest.with_name("org.other.host.json")
    other.write_text("{}", "utf-8")
    uninstall(linux)
    assert list(other.parent.iterdir()) == [other]


def test_uninstall_works_when_the_browser_is_gone(linux: Machine) -> None:
    give(linux, "Firefox")
    (result,) = install(linux, EXE)
    linux.resolve("~/.mozilla/firefox").rmdir()
    assert uninstall(linux) == [Removed(what=str(result.targets[0].manifest), state="removed")]


def test_install_after_a_move_names_the_new_host(linux: Machine) -> None:
    give(linux, "Chromium")
    install(linux, EXE)
    moved = Path("/srv/linkshot-host")
    (result,) = install(linux, moved)
    assert result.state == "installed"
    assert json.loads(result.targets[0].manifest.read_bytes())["path"] == str(moved)


def test_install_keeps_a_changed_manifest_beside(linux: Machine) -> None:
    give(linux, "Chromium")
    (result,) = install(linux, EXE)
    manifest = result.targets[0].manifest
    manifest.write_text("mine", "utf-8")
    assert [one.state for one in install(linux, EXE)] == ["replaced"]
    assert manifest.with_name("org.linkshot.host.json.old").read_text("utf-8") == "mine"


def test_browsers_sharing_a_folder_tell_the_same(linux: Machine) -> None:
    give(linux, "Firefox", "Zen")
    assert [one.state for one in install(linux, EXE)] == ["installed", "installed"]


def test_sandboxed_browser_is_named_and_not_written(linux: Machine) -> None:
    give(linux, "Chromium (snap)", "Firefox (flatpak)")
    before = tree(linux)
    assert [one.state for one in install(linux, EXE)] == ["unreachable", "unreachable"]
    assert tree(linux) == before


def test_unwritable_folder_fails_alone(linux: Machine) -> None:
    give(linux, "Chromium", "Firefox")
    (linux.resolve("~/.config/chromium") / "NativeMessagingHosts").write_text("a file", "utf-8")
    chromium, firefox = install(linux, EXE)
    assert (chromium.state, firefox.state) == ("failed", "installed")
    assert "NativeMessagingHosts" in chromium.reason


def test_full_home_leaves_no_half_manifest(linux: Machine) -> None:
    give(linux, "Chromium")
    (result,) = install(linux, EXE)
    assert os.listdir(result.targets[0].manifest.parent) == ["org.linkshot.host.json"]
