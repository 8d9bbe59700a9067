"""The doctor: one fault at a time, and the real host started as browsers start it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linkshot import paths
from linkshot_installer.doctor import examine
from linkshot_installer.findings import ADVICE, Finding
from linkshot_installer.host_program import host_for_browsers, installed_host
from linkshot_installer.machine import Machine
from linkshot_installer.registration import install


@pytest.fixture
def chromium(linux: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine with Chromium, and a home of its own for the host that is started."""
    monkeypatch.setenv("HOME", str(linux.home))
    linux.resolve("~/.config/chromium").mkdir(parents=True)
    return linux


def program(folder: Path, text: str, *, mode: int = 0o755) -> Path:
    host = folder / "linkshot-host"
    host.write_text(text, "utf-8")
    host.chmod(mode)
    return host


def of_browsers(machine: Machine) -> list[Finding]:
    return examine(machine, paths.extension_dir())[1:]


def codes(machine: Machine) -> list[str]:
    return [finding.code for finding in of_browsers(machine)]


def test_real_host_answers_both_families(chromium: Machine) -> None:
    chromium.resolve("~/.mozilla/firefox").mkdir(parents=True)
    install(chromium, installed_host())
    assert codes(chromium) == ["host_answers", "host_answers"]


def test_launcher_gives_the_host_its_library(chromium: Machine) -> None:
    library = chromium.home / "我的 'library'"
    install(chromium, host_for_browsers(chromium, installed_host(), library))
    (finding,) = of_browsers(chromium)
    assert (finding.code, finding.facts.get("library")) == ("host_answers", str(library))


def test_missing_registration_is_found(chromium: Machine) -> None:
    (finding,) = of_browsers(chromium)
    assert finding.code == "manifest_missing"
    assert finding.cure("en") == "Run “linkshot install”."


def test_broken_manifest_is_found(chromium: Machine) -> None:
    (result,) = install(chromium, installed_host())
    result.targets[0].manifest.write_text("{", "utf-8")
    assert codes(chromium) == ["manifest_unreadable"]


def test_wrong_id_is_found(chromium: Machine) -> None:
    (result,) = install(chromium, installed_host())
    manifest = result.targets[0].manifest
    changed = json.loads(manifest.read_bytes()) | {"allowed_origins": ["chrome-extension://other/"]}
    manifest.write_text(json.dumps(changed), "utf-8")
    (finding,) = of_browsers(chromium)
    assert (finding.code, finding.facts["field"]) == ("manifest_wrong", "allowed_origins")


def test_further_id_of_a_person_is_no_fault(chromium: Machine) -> None:
    (result,) = install(chromium, installed_host())
    manifest = result.targets[0].manifest
    value = json.loads(manifest.read_bytes())
    value["allowed_origins"].append("chrome-extension://mine/")
    manifest.write_text(json.dumps(value), "utf-8")
    assert codes(chromium) == ["host_answers"]


def test_moved_host_is_found(chromium: Machine) -> None:
    install(chromium, chromium.home / "gone" / "linkshot-host")
    assert codes(chromium) == ["host_missing"]


def test_host_that_may_not_run_is_found(chromium: Machine) -> None:
    install(chromium, program(chromium.home, "#!/bin/sh\n", mode=0o644))
    assert codes(chromium) == ["host_not_executable"]


def test_host_that_dies_is_found_with_its_words(chromium: Machine) -> None:
    install(chromium, program(chromium.home, "#!/bin/sh\necho no module >&2\nexit 1\n"))
    (finding,) = of_browsers(chromium)
    assert (finding.code, finding.facts["reason"]) == ("host_not_started", "no module")


def test_host_that_prints_is_found(chromium: Machine) -> None:
    install(chromium, program(chromium.home, "#!/bin/sh\necho hello, this is not a frame\n"))
    assert codes(chromium) == ["host_not_started"]


def test_sandboxed_browsers_are_explained_not_faulted(linux: Machine) -> None:
    linux.resolve("~/.var/app/org.mozilla.firefox").mkdir(parents=True)
    linux.resolve("~/snap/chromium").mkdir(parents=True)
    found = of_browsers(linux)
    assert {finding.code for finding in found} == {"sandboxed_snap", "sandboxed_flatpak"}
    assert not any(finding.is_fault for finding in found)


def test_machine_without_browser_is_told(linux: Machine) -> None:
    assert codes(linux) == ["no_browser"]


def test_missing_extension_is_found(chromium: Machine) -> None:
    assert examine(chromium, chromium.home)[0].code == "extension_missing"


def test_delivered_extension_is_ready(linux: Machine) -> None:
    assert examine(linux, paths.extension_dir())[0].code == "extension_ready"


@pytest.mark.parametrize("code", ADVICE)
def test_every_finding_speaks_both_languages(code: str) -> None:
    advice = ADVICE[code]
    assert advice.en
    assert advice.zh
    assert bool(advice.cure_en) == bool(advice.cure_zh)
