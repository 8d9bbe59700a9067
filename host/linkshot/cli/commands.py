"""The table of commands: a name, its module, what it is for. Modules load when called."""

from __future__ import annotations

from typing import NamedTuple

from linkshot.cli.phrase import Phrase


class Command(NamedTuple):
    """One row: `module` in this package has `arguments(parser)` and `run(options, terminal)`."""

    name: str
    module: str
    about: Phrase


class Group(NamedTuple):
    """Commands that belong together in the help."""

    title: Phrase
    commands: tuple[Command, ...]


GROUPS = (
    Group(
        Phrase("Keep and find", "保存与查找"),
        (
            Command(
                "add", "add", Phrase("keep the page behind each address", "保存网址所指的页面")
            ),
            Command("list", "listing", Phrase("list the links kept", "列出已保存的链接")),
            Command(
                "show", "show", Phrase("show one link and its versions", "查看一个链接及其各个版本")
            ),
            Command("search", "search", Phrase("find pages by what they say", "按内容查找页面")),
            Command(
                "tag",
                "tag",
                Phrase("put tags on links, and keep tags tidy", "给链接加标签、整理标签"),
            ),
            Command("open", "window", Phrase("open the library's window", "打开资料库窗口")),
        ),
    ),
    Group(
        Phrase("In and out", "导入与导出"),
        (
            Command("export", "export", Phrase("write a snapshot to a file", "把快照导出为文件")),
            Command(
                "extract",
                "extract",
                Phrase(
                    "print what an HTML file says; nothing is kept",
                    "提取 HTML 文件的正文等信息，不保存",
                ),
            ),
        ),
    ),
    Group(
        Phrase("The browser side", "浏览器"),
        (
            Command(
                "install",
                "install",
                Phrase("connect the browsers on this machine", "与本机的浏览器建立连接"),
            ),
            Command(
                "uninstall", "uninstall", Phrase("undo what install did", "撤销 install 所做的改动")
            ),
            Command(
                "doctor",
                "doctor",
                Phrase("check everything, say what to do", "检查各部分并给出处理办法"),
            ),
        ),
    ),
    Group(
        Phrase("The library's health", "资料库"),
        (
            Command("verify", "verify", Phrase("check the whole library", "检查整个资料库")),
            Command("stats", "stats", Phrase("count what is in the library", "统计资料库的内容")),
        ),
    ),
)

COMMANDS = {command.name: command for group in GROUPS for command in group.commands}
