"""`linkshot doctor`: check each part as it is used, and say what to do about each fault."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.errors import LinkshotError

if TYPE_CHECKING:
    from linkshot_installer.findings import Finding

PROGRAM = Phrase(
    "Linkshot {version}, Python {python}, {system}", "链接快照 {version}，Python {python}，{system}"
)
LIBRARY_READY = Phrase(
    "the library {library} is ready: {links} links", "资料库 {library} 正常：{links} 个链接"
)
LIBRARY_NONE = Phrase(
    "the library {library} does not exist yet; the first page kept makes it",
    "资料库 {library} 尚未建立，保存第一个页面时会自动建立",
)
OF_BROWSERS = Phrase(
    "browsers keep pages in another library: {state}", "浏览器把网页保存到另一个资料库：{state}"
)
ALL_WELL = Phrase("Nothing is wrong.", "一切正常。")
FAULTS = Phrase("{count} to mend.", "有 {count} 处需要处理。")


def arguments(parser: Parser) -> None:
    """Whether to mend what can be mended."""
    parser.take(
        "--repair",
        action="store_true",
        about=Phrase(
            "connect the browsers again where that helps", "可通过重新连接浏览器解决的，直接修复"
        ),
    )
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the findings; 1 where something is to be mended."""
    from linkshot.paths import extension_dir
    from linkshot_installer.doctor import examine
    from linkshot_installer.machine import this_machine

    findings = examine(this_machine(), extension_dir(), terminal.language)
    if options.repair and any(one.is_fault for one in findings):
        from linkshot.cli.install import register

        register(options.library if options.library_named else None)
        findings = examine(this_machine(), extension_dir(), terminal.language)
    libraries = _libraries(options.library, findings, terminal)
    faults = sum(one.is_fault for one in findings) + sum(not one["ok"] for one in libraries)
    if terminal.as_json:
        terminal.json(_as_json(findings, libraries, terminal))
    else:
        _tell(findings, libraries, terminal)
        terminal.say(FAULTS if faults else ALL_WELL, count=faults)
    return 1 if faults else 0


def _libraries(
    own: Path, findings: list[Finding], terminal: Terminal
) -> list[dict[str, str | bool]]:
    """The state of this command's library, then of each other that a browser's host keeps in."""
    told = (one.facts.get("library") for one in findings)
    of_browsers = {Path(root).resolve(): Path(root) for root in told if root}
    of_browsers.pop(own.resolve(), None)
    states: list[dict[str, str | bool]] = []
    for root in (own, *of_browsers.values()):
        message, trouble = _library(root, terminal)
        if root is not own:
            message = OF_BROWSERS.of(terminal.language, state=message)
        code = trouble.code if trouble else ""
        states.append({"ok": trouble is None, "code": code, "message": message})
    return states


def _library(root: Path, terminal: Terminal) -> tuple[str, LinkshotError | None]:
    """What is to be said of a library, and its fault if it has one."""
    from linkshot.store.library import Library
    from linkshot.store.links import count_links

    language = terminal.language
    if not _is_there(root):
        return LIBRARY_NONE.of(language, library=root), None
    try:
        with Library.open(root, create=False) as library:
            links = count_links(library)
    except LinkshotError as error:
        return error.message(language), error
    return LIBRARY_READY.of(language, library=root, links=links), None


def _is_there(root: Path) -> bool:
    try:
        return root.exists()
    except OSError:  # why it cannot be looked at, is told as it is opened
        return True


def _tell(
    findings: list[Finding], libraries: list[dict[str, str | bool]], terminal: Terminal
) -> None:
    language = terminal.language
    terminal.text(f"{_program(terminal)}\n")
    for library in libraries:
        terminal.text(f"{library['message']}\n")
    for finding in findings:
        mark = "✗" if finding.is_fault else "·" if finding.cure(language) else "✓"
        terminal.text(f"{mark} {finding.subject}: {finding.message(language)}\n")
        cure = finding.cure(language)
        if cure:
            terminal.text(f"    → {cure}\n")


def _program(terminal: Terminal) -> str:
    import platform

    from linkshot import __version__

    return PROGRAM.of(
        terminal.language,
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(terse=True),
    )


def _as_json(
    findings: list[Finding], libraries: list[dict[str, str | bool]], terminal: Terminal
) -> dict[str, object]:
    language = terminal.language
    return {
        "program": _program(terminal),
        "library": libraries[0],
        "browsers_libraries": libraries[1:],
        "findings": [
            {
                "subject": one.subject,
                "ok": not one.is_fault,
                "code": one.code,
                "message": one.message(language),
                "cure": one.cure(language),
                "facts": one.facts,
            }
            for one in findings
        ],
    }
