"""What `make run` does: keep a page, tag it, find it, say where it is, show it. `python -m linkshot.cli.demo [URL]`."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys

from linkshot.cli.main import main
from linkshot.cli.phrase import Phrase
from linkshot.cli.terminal import Terminal
from linkshot.config import ui_language
from linkshot.paths import default_library_dir
from linkshot.sample import serve_sample
from linkshot.store.library import Library
from linkshot.store.links import list_links

SAMPLE_TAG = "示例/乡村振兴"
SAMPLE_WORD = "水利"
WORD_LENGTH = 6
OWN_TAG = Phrase("to read", "待读")
KEPT_IN = Phrase("Kept in {library}", "已保存在 {library}")
NO_SCREEN = Phrase(
    "No screen here: on one with a desktop, “{program} open” shows the library.",
    "本机没有图形界面；在有桌面的环境中运行 {program} open 即可打开资料库。",
)
NEXT = Phrase(
    "Next: “{program} install” connects your browser, “{program} add ADDRESS” keeps a page.",
    "接下来：运行 {program} install 连接浏览器，用 {program} add 网址 保存网页。",
)


def demonstrate(url: str | None) -> int:
    """Run the commands one after another as a person would type them; the first failure's status."""
    terminal = Terminal(ui_language())
    with contextlib.ExitStack() as stack:
        tag, word = OWN_TAG.of(terminal.language), ""
        if not url:
            url, tag, word = stack.enter_context(serve_sample()), SAMPLE_TAG, SAMPLE_WORD
        status = _type(terminal, "add", url, "--tag", tag)
    status = status or _type(terminal, "search", word or _word_of_newest())
    if status:
        return status
    program = shlex.quote(
        os.path.relpath(os.path.join(os.path.dirname(sys.executable), "linkshot"))
    )
    terminal.say(KEPT_IN, library=default_library_dir())
    terminal.say(NEXT, program=program)
    if not _has_screen():
        terminal.say(NO_SCREEN, program=program)
        return 0
    return _type(terminal, "open")


def _word_of_newest() -> str:
    """The longest word of the newest page's title, or of its address: something to search for."""
    with Library.open(default_library_dir()) as library:
        newest = list_links(library, limit=1)[0]
    words: list[str] = re.findall(r"\w+", newest.title) or [newest.site]
    return max(words, key=len)[-WORD_LENGTH:]


def _type(terminal: Terminal, *words: str) -> int:
    """One command, shown before it runs."""
    terminal.note(f"\n$ linkshot {shlex.join(words)}")
    return main(list(words))


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(demonstrate(sys.argv[1] if len(sys.argv) > 1 else None))
