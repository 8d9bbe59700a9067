"""`linkshot install`: connect the browsers on this machine, and say how to load the extension."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from linkshot.cli.parser import Parser
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from linkshot_installer.registration import Registered

STATES = {
    "installed": Phrase("connected", "已连接"),
    "unchanged": Phrase("connected before; nothing to change", "此前已连接，无需改动"),
    "replaced": Phrase(
        "connected; what stood there was kept beside it as .json.old",
        "已连接；原有文件另存为 .json.old",
    ),
    "unreachable": Phrase(
        "cannot be connected; “linkshot doctor” says why", "无法连接；运行 linkshot doctor 查看原因"
    ),
    "failed": Phrase("failed: {reason}", "失败：{reason}"),
}
MARKS = {"installed": "✓", "unchanged": "✓", "replaced": "✓", "unreachable": "–", "failed": "✗"}
NONE_FOUND = Phrase(
    "No browser that Linkshot knows was found for this user. Start your browser once, then try again.\n"
    "Links can be kept without one: “linkshot add ADDRESS”.",
    "没有为当前用户找到受支持的浏览器。请先启动一次浏览器再试。\n不用浏览器也可保存链接：linkshot add 网址。",
)
LOAD_CHROMIUM = Phrase(
    "In {names}: open {page}, switch on “Developer mode”, press “Load unpacked” and choose the folder\n"
    "  {extension}",
    "{names}：打开 {page}，开启“开发者模式”，点“加载未打包的扩展程序”（“加载解压缩的扩展”），选择文件夹\n  {extension}",
)
LOAD_FIREFOX = Phrase(
    "In {names}: open {page}, press “Load Temporary Add-on…” and choose the file\n"
    "  {extension}/manifest.json\n"
    "  Firefox forgets a temporary add-on when it is closed; load it again after a restart.",
    "{names}：打开 {page}，点“临时载入附加组件…”，选择文件\n"
    "  {extension}/manifest.json\n"
    "  Firefox 关闭后会移除临时附加组件，重启后需再次载入。",
)
LAST_STEP = Phrase(
    "Last step, once in each browser: load the extension.", "最后一步：在每个浏览器中加载一次扩展。"
)


def arguments(parser: Parser) -> None:
    """Nothing but the form of the answer: every browser found is connected, for this user only."""
    parser.take_json()


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Register the host with each browser; 1 where one failed."""
    from linkshot.paths import extension_dir

    results = register(options.library if options.library_named else None)
    extension = extension_dir()
    if terminal.as_json:
        terminal.json({"extension": str(extension), "browsers": [_as_json(one) for one in results]})
    elif results:
        _tell(results, extension, terminal)
    else:
        terminal.say(NONE_FOUND)
    return 1 if any(one.state == "failed" for one in results) else 0


def register(library: Path | None) -> list[Registered]:
    """Let every browser found start the host; with `library`, the host serves that one."""
    from linkshot_installer.host_program import host_for_browsers, installed_host
    from linkshot_installer.machine import this_machine
    from linkshot_installer.registration import install

    machine = this_machine()
    return install(machine, host_for_browsers(machine, installed_host(), library))


def _tell(results: list[Registered], extension: Path, terminal: Terminal) -> None:
    language = terminal.language
    for one in results:
        state = STATES[one.state].of(language, reason=one.reason)
        terminal.text(f"{MARKS[one.state]} {one.browser.name}: {state}\n")
        for target in one.targets:
            terminal.text(f"    {target.key or target.manifest}\n")
    connected = [one for one in results if one.state not in ("unreachable", "failed")]
    if not connected:
        return
    terminal.text(f"\n{LAST_STEP.of(language)}\n")
    for page, names in _by_page(connected).items():
        load = LOAD_FIREFOX if page.startswith("about:") else LOAD_CHROMIUM
        separator = "、" if language == "zh" else ", "
        text = load.of(language, names=separator.join(names), page=page, extension=extension)
        terminal.text(f"• {text}\n")


def _by_page(results: Iterable[Registered]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    for one in results:
        pages.setdefault(one.browser.extensions_page, []).append(one.browser.name)
    return pages


def _as_json(one: Registered) -> dict[str, object]:
    return {
        "browser": one.browser.name,
        "state": one.state,
        "manifests": [str(target.manifest) for target in one.targets],
        "registry_keys": [target.key for target in one.targets if target.key],
        "extensions_page": one.browser.extensions_page,
        "reason": one.reason,
    }
