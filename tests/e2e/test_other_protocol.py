"""Extension and host of versions that do not fit: the page waits, the popup says what to do, and that helps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromium import EXTENSION, Chromium
from tests.conftest import Site

pytestmark = pytest.mark.e2e

OURS = "export const PROTOCOL = 1;"
SAID = {
    (
        "en",
        0,
    ): "The extension speaks protocol 0, the host 1. The extension is the older: load it again on the"
    " browser's extensions page, from the folder that “linkshot install” names.",
    ("en", 2): "The extension speaks protocol 2, the host 1. The host is the older: update Linkshot"
    " (“pip install --upgrade linkshot”), then restart the browser.",
    ("zh-CN", 0): "扩展使用协议 0，主机使用协议 1。"
    "扩展版本较旧：请在浏览器的扩展页面重新加载扩展，所在文件夹见 linkshot install 的输出。",
    ("zh-CN", 2): "扩展使用协议 2，主机使用协议 1。"
    "主机版本较旧：请升级链接快照（pip install --upgrade linkshot），然后重启浏览器。",
}
WAITS = {
    "en": " The page is safe in the outbox and is sent again by itself.",
    "zh-CN": "页面已安全存入发件箱，会自动重新发送。",
}


def other_extension(folder: Path, protocol: int) -> Path:
    """An extension as another version would be: of another protocol."""
    copy = Path(shutil.copytree(EXTENSION, folder / "extension"))
    speak(copy, protocol)
    return copy


def speak(extension: Path, protocol: int) -> None:
    words = (EXTENSION / "shared" / "protocol.js").read_text("utf-8")
    assert OURS in words
    other = words.replace(OURS, f"export const PROTOCOL = {protocol};")
    (extension / "shared" / "protocol.js").write_text(other, "utf-8")


@pytest.mark.parametrize(("locale", "protocol"), SAID)
def test_other_version_is_told_in_the_browsers_language(
    chromium: Callable[..., Chromium], site: Site, tmp_path: Path, locale: str, protocol: int
) -> None:
    browser = chromium(locale=locale, extension=other_extension(tmp_path, protocol))
    assert said_of_page(browser, site) == SAID[locale, protocol] + WAITS[locale]


def test_page_waits_for_the_other_version_to_be_renewed(
    start_browser: Callable[..., Any],
    site: Site,
    linkshot: Callable[..., Any],
    wait_until: Callable[..., Any],
    tmp_path: Path,
) -> None:
    extension = other_extension(tmp_path, 0)
    browser = start_browser(extension=extension)
    assert said_of_page(browser, site) == SAID["en", 0] + WAITS["en"]
    assert linkshot("list") == []
    speak(extension, 1)  # both of one version now
    browser.reload_extension()
    [link] = wait_until(lambda: linkshot("list"))
    assert (link["title"], link["snapshots"]) == ("甲", 1)


def said_of_page(browser: Any, site: Site) -> str:
    """What the popup says of a page that waits."""
    url = site.put("/a", "<!doctype html><meta charset=utf-8><title>甲</title>")
    popup = browser.open_popup(browser.open_tab(url))
    assert popup.wait_for("saved", "waiting", "failed") == "waiting"
    return str(popup.text("cure"))
