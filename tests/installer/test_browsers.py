"""The table of browsers: every row, on every system."""

from __future__ import annotations

import pytest

from linkshot_installer.browser import SYSTEMS, Browser, System
from linkshot_installer.browsers import BROWSERS
from linkshot_installer.machine import Machine, found_browsers

ROWS = [
    pytest.param(browser, system, id=f"{browser.name}-{system}")
    for browser in BROWSERS
    for system in SYSTEMS
    if system in browser.places
]


def test_names_are_unique() -> None:
    names = [browser.name for browser in BROWSERS]
    assert len(names) == len(set(names))


def test_main_browsers_are_on_every_system() -> None:
    everywhere = {b.name for b in BROWSERS if set(b.places) == set(SYSTEMS)}
    assert everywhere >= {
        "Google Chrome",
        "Chromium",
        "Microsoft Edge",
        "Brave",
        "Vivaldi",
        "Firefox",
    }


@pytest.mark.parametrize(("browser", "system"), ROWS)
def test_row_has_a_folder_to_be_found_by(browser: Browser, system: System) -> None:
    starts = {"linux": "~/", "darwin": "~/Library/", "windows": "%"}
    assert all(folder.startswith(starts[system]) for folder in browser.places[system].data_dirs)


@pytest.mark.parametrize(("browser", "system"), ROWS)
def test_row_says_where_the_host_goes_unless_sandboxed(browser: Browser, system: System) -> None:
    place = browser.places[system]
    goes = place.registry_keys if system == "windows" else place.manifest_dirs
    assert bool(goes) == (browser.sandbox not in ("flatpak", "snap"))


def test_edge_has_its_own_key_and_brave_reads_chromes() -> None:
    keys = {b.name: b.places["windows"].registry_keys for b in BROWSERS if "windows" in b.places}
    assert {
        name: keys[name]
        for name in ("Google Chrome", "Microsoft Edge", "Brave", "Vivaldi", "Firefox")
    } == {
        "Google Chrome": (r"Software\Google\Chrome\NativeMessagingHosts",),
        "Microsoft Edge": (r"Software\Microsoft\Edge\NativeMessagingHosts",),
        "Brave": (r"Software\Google\Chrome\NativeMessagingHosts",),
        "Vivaldi": (r"Software\Google\Chrome\NativeMessagingHosts",),
        "Firefox": (r"Software\Mozilla\NativeMessagingHosts",),
    }


def test_every_row_is_found_by_its_folder(machine: Machine) -> None:
    rows = [b for b in BROWSERS if machine.system in b.places]
    for browser in rows:
        machine.resolve(browser.places[machine.system].data_dirs[0]).mkdir(
            parents=True, exist_ok=True
        )
    assert [browser.name for browser, _ in found_browsers(machine)] == [b.name for b in rows]


def test_empty_home_has_no_browser(machine: Machine) -> None:
    assert found_browsers(machine) == []
