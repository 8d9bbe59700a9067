"""`linkshot uninstall`: take away what `install` put into the browsers' folders."""

from __future__ import annotations

import argparse

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

STATES = {
    "removed": Phrase("removed", "已移除"),
    "changed": Phrase("left as it is: it was changed since", "已被改动，保留不动"),
    "failed": Phrase("failed: {reason}", "失败：{reason}"),
}
NOTHING = Phrase("No browser was connected.", "没有已连接的浏览器。")
KEPT = Phrase(
    "The library {library} is untouched. Remove the extension in each browser's list of extensions.",
    "资料库 {library} 保持不变。请在各浏览器的扩展列表中移除扩展。",
)


def arguments(parser: Parser) -> None:
    """Nothing but the form of the answer."""
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Remove the registrations; 1 where one could not be."""
    from linkshot_installer.host_program import remove_launcher
    from linkshot_installer.machine import this_machine
    from linkshot_installer.registration import uninstall

    machine = this_machine()
    remove_launcher(machine)
    results = uninstall(machine)
    if terminal.as_json:
        terminal.json(
            [{"what": one.what, "state": one.state, "reason": one.reason} for one in results]
        )
    else:
        for one in results:
            state = STATES[one.state].of(terminal.language, reason=one.reason)
            terminal.text(f"{one.what}: {state}\n")
        terminal.say(KEPT if results else NOTHING, library=options.library)
    return 1 if any(one.state == "failed" for one in results) else 0
