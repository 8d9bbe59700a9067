"""Check each browser's registration the way the browser uses it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from linkshot import paths
from linkshot.errors import Language
from linkshot.errors.reasons import NAMES_NO_PROGRAM
from linkshot_installer.browser import Browser, Place
from linkshot_installer.findings import Finding
from linkshot_installer.greeting import TIMEOUT_SECONDS, NoAnswer, greet
from linkshot_installer.machine import Machine, found_browsers
from linkshot_installer.manifest import CHROMIUM_ORIGIN, HOST_NAME, manifest_for
from linkshot_installer.registration import UNREACHABLE, Target, targets

EXTENSION = "Linkshot"


def examine(machine: Machine, extension: Path, language: Language) -> list[Finding]:
    """What is right and what is wrong with the extension and each browser's way to the host.

    The host is asked in `language`: what it refuses is told in its own words.
    """
    findings = [_extension(extension)]
    found = found_browsers(machine)
    if not found:
        findings.append(Finding(subject=EXTENSION, code="no_browser"))
    hosts = _Hosts(language)
    for browser, place in found:
        findings += _browser(machine, browser, place, hosts)
    return findings


def _extension(folder: Path) -> Finding:
    path = {"path": str(folder)}
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        same = extension_id(manifest["key"]) in CHROMIUM_ORIGIN
    except (OSError, ValueError, KeyError, TypeError):
        return Finding(subject=EXTENSION, code="extension_missing", facts=path)
    return Finding(
        subject=EXTENSION, code="extension_ready" if same else "extension_other", facts=path
    )


def extension_id(key: str) -> str:
    """The id Chromium gives an extension: the first 128 bits of its key's SHA-256, as letters a to p."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def _browser(
    machine: Machine,
    browser: Browser,
    place: Place,
    hosts: _Hosts,
) -> Iterator[Finding]:
    if browser.sandbox in UNREACHABLE:
        yield Finding(subject=browser.name, code=f"sandboxed_{browser.sandbox}")
        return
    if browser.sandbox == "portal":
        yield Finding(subject=browser.name, code="sandboxed_portal", facts={"host": HOST_NAME})
    faults = [
        fault for target in targets(machine, browser, place) for fault in _target(machine, target)
    ]
    yield from faults
    if faults:
        return
    for target in targets(machine, browser, place)[:1]:
        yield hosts.finding(browser, target)


def _target(machine: Machine, target: Target) -> list[Finding]:
    """The faults of one manifest and its key."""
    registry = machine.registry
    if target.key and registry is not None and registry.read(target.key) != str(target.manifest):
        return [_fault(target, "registry_wrong", key=target.key, path=target.manifest)]
    try:
        manifest = read_manifest(target.manifest)
    except FileNotFoundError:
        return [_fault(target, "manifest_missing", path=target.manifest)]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or NAMES_NO_PROGRAM
        return [_fault(target, "manifest_unreadable", path=target.manifest, reason=reason)]
    return [*_wrong_fields(target, manifest), *_host(target, Path(str(manifest["path"])))]


def read_manifest(path: Path) -> dict[str, object]:
    """A manifest that names a program.

    Raises:
        OSError, ValueError: it cannot be read, or names none.
    """
    manifest = json.loads(path.read_bytes())
    if not isinstance(manifest, dict) or not isinstance(manifest.get("path"), str):
        raise ValueError("path")
    return manifest


def _wrong_fields(target: Target, manifest: dict[str, object]) -> Iterator[Finding]:
    host = Path(str(manifest["path"]))
    for field, wanted in manifest_for(target.browser, host).items():
        found = manifest.get(field)
        if field != "description" and not _holds(found, wanted):
            yield _fault(
                target,
                "manifest_wrong",
                path=target.manifest,
                field=field,
                wanted=wanted,
                found=found,
            )


def _host(target: Target, host: Path) -> Iterator[Finding]:
    if not host.is_absolute() or not host.is_file():
        yield _fault(target, "host_missing", path=host)
    elif not os.access(host, os.X_OK):
        yield _fault(target, "host_not_executable", path=host)


def _fault(target: Target, code: str, **facts: object) -> Finding:
    texts = {name: str(value) for name, value in facts.items()}
    return Finding(subject=target.browser.name, code=code, facts=texts)


def _holds(found: object, wanted: object) -> bool:
    """A person may let more extensions in; ours must be among them."""
    if isinstance(wanted, list) and isinstance(found, list):
        return set(map(str, wanted)) <= set(map(str, found))
    return found == wanted


class _Hosts:
    """Asks each host once for each family of browsers that starts it."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._said: dict[tuple[Path, str], Finding] = {}

    def finding(self, browser: Browser, target: Target) -> Finding:
        """How the host of `browser` answers."""
        host = Path(str(read_manifest(target.manifest)["path"]))
        key = (host, browser.family)
        if key not in self._said:
            self._said[key] = self._greet(host, target)
        said = self._said[key]
        return Finding(subject=browser.name, code=said.code, facts=said.facts)

    def _greet(self, host: Path, target: Target) -> Finding:
        name = target.browser.name
        try:
            answer = greet(host, target.browser.family, target.manifest, self._language)
        except NoAnswer as problem:
            facts = {
                "path": str(host),
                "reason": problem.reason,
                "seconds": str(TIMEOUT_SECONDS),
                "log": str(paths.log_dir()),
            }
            return Finding(subject=name, code=problem.code, facts=facts)
        facts = {
            "ms": f"{answer.took_ms:.0f}",
            "version": answer.version,
            "library": answer.library,
        }
        return Finding(subject=name, code="host_answers", facts=facts)
