"""The doctor: one fault at a time, and the real host started as browsers start it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.installer.conftest import give

from linkshot import paths
from linkshot.errors import Language
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
    return examine(machine, paths.extension_dir(), "en")[1:]


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
    (finding,) = of_browsers(chromium)
    assert finding.code == "manifest_unreadable"
    assert finding.message("en").endswith(
        "org.linkshot.host.json cannot be read: it names no program"
    )
    assert finding.message("zh").endswith("org.linkshot.host.json：其中没有指明程序")


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
    assert examine(chromium, chromium.home, "en")[0].code == "extension_missing"


def test_delivered_extension_is_ready(linux: Machine) -> None:
    assert examine(linux, paths.extension_dir(), "en")[0].code == "extension_ready"


@pytest.mark.parametrize("code", ADVICE)
def test_every_finding_speaks_both_languages(code: str) -> None:
    advice = ADVICE[code]
    assert advice.en
    assert advice.zh
    assert bool(advice.cure_en) == bool(advice.cure_zh)


INSTALL = ("Run “linkshot install”.", "请运行 linkshot install。")


def cures(finding: Finding) -> tuple[str, str]:
    return finding.cure("en"), finding.cure("zh")


def test_key_that_points_elsewhere_is_found(windows: Machine) -> None:
    give(windows, "Microsoft Edge")
    (result,) = install(windows, program(windows.home, ""))
    (target,) = result.targets
    assert windows.registry is not None
    windows.registry.write(target.key, r"C:\elsewhere.json")
    (finding,) = of_browsers(windows)
    assert (finding.code, finding.facts["key"]) == ("registry_wrong", target.key)
    assert cures(finding) == INSTALL


REFUSING = """#!{python}
import json, struct, sys
(length,) = struct.unpack("=I", sys.stdin.buffer.read(4))
hello = json.loads(sys.stdin.buffer.read(length))
message = {{"en": "Update it.", "zh": "请升级。"}}[hello["language"]]
body = json.dumps({{"id": 1, "ok": False, "code": "protocol_mismatch", "message": message}}).encode()
sys.stdout.buffer.write(struct.pack("=I", len(body)) + body)
"""


@pytest.mark.parametrize(
    ("language", "said", "cure"),
    [
        ("en", "answered with an error: Update it.", "The message says what to do; the log is in"),
        ("zh", "返回错误：请升级。", "请按错误说明处理；日志在"),
    ],
)
def test_host_that_refuses_is_found_with_its_words_in_the_persons_language(
    chromium: Machine, language: Language, said: str, cure: str
) -> None:
    install(chromium, program(chromium.home, REFUSING.format(python=sys.executable)))
    (finding,) = examine(chromium, paths.extension_dir(), language)[1:]
    assert (finding.code, finding.is_fault) == ("host_refused", True)
    assert finding.message(language).endswith(said)
    assert finding.cure(language).startswith(f"{cure} {paths.log_dir()}")


@pytest.mark.waits
def test_host_that_says_nothing_is_found_after_a_bound(chromium: Machine) -> None:
    install(chromium, program(chromium.home, "#!/bin/sh\nexec sleep 600\n"))
    (finding,) = of_browsers(chromium)
    assert (finding.code, finding.is_fault) == ("host_silent", True)
    assert finding.message("en").endswith("linkshot-host did not answer within 10 seconds")
    assert finding.message("zh").endswith("linkshot-host 在 10 秒内没有应答")
    log = paths.log_dir()
    assert cures(finding) == (
        f"Close programs that use the library and try again; the log is in {log}.",
        f"请关闭正在使用资料库的程序后重试；日志在 {log}。",
    )


def test_browser_that_asks_once_is_told_and_greeted(chromium: Machine) -> None:
    chromium.resolve("~/.config/chromium").rmdir()
    give(chromium, "Firefox (snap)")
    install(chromium, installed_host())
    asks, greets = of_browsers(chromium)
    assert (asks.code, asks.is_fault, greets.code) == ("sandboxed_portal", False, "host_answers")
    command = "flatpak permission-set webextensions org.linkshot.host snap.firefox yes"
    assert cures(asks) == (
        f"Answer yes. If it was refused: “{command}”.",
        f"请选择允许。如曾拒绝，请运行：{command}",
    )


def test_extension_of_another_id_is_found(linux: Machine) -> None:
    manifest = json.loads((paths.extension_dir() / "manifest.json").read_bytes())
    manifest["key"] = "AAAA" + manifest["key"][4:]
    (linux.home / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    finding = examine(linux, linux.home, "en")[0]
    assert (finding.code, finding.is_fault) == ("extension_other", True)
    assert cures(finding) == (
        "Keep the “key” line of its manifest.json as it was delivered.",
        "请保留 manifest.json 中原有的 key 一行。",
    )
