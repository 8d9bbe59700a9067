"""The viewer's window: pywebview over our own server, or the default browser where there is no webview."""

from __future__ import annotations

import os
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

from linkshot import config
from linkshot.errors import Language, WebviewMissing, WindowError
from linkshot.viewer import webviews
from linkshot.viewer.context import Viewer
from linkshot.viewer.run import serve_library, start_address

Say = Callable[[str], None]

TITLES: dict[Language, str] = {"en": "Linkshot", "zh": "链接快照"}
BROWSER_HINTS: dict[Language, str] = {
    "en": "The library is open in your browser at {url}. Close its tab, or press Ctrl+C, to end.",
    "zh": "资料库已在浏览器中打开:{url}。关闭该标签页或按 Ctrl+C 结束。",
}
NO_BROWSER: dict[Language, str] = {
    "en": "No browser could be started. Open this address in a browser on this machine: {url} . Ctrl+C ends.",
    "zh": "无法启动浏览器。请在本机的浏览器中打开此地址:{url} 。按 Ctrl+C 结束。",
}
FINISHING: dict[Language, str] = {
    "en": "Keeping {count} more before it ends. What has not begun is kept the next time. Ctrl+C ends now.",
    "zh": "结束前还在保存 {count} 个网页。尚未开始的会在下次打开时保存。按 Ctrl+C 立即结束。",
}
LOOK_SECONDS = 0.5


def open_viewer(
    library_root: Path, link_id: int | None = None, query: str = "", *, say: Say
) -> None:
    """Show the library, at a link or at what a query finds, and block until its window is closed; `say` gets what the person must know.

    Raises:
        LibraryError: the library cannot be opened.
        WindowError: the webview failed while it started.
        KeyboardInterrupt: the person pressed Ctrl+C.
    """
    language = config.ui_language()
    with serve_library(library_root, language=language) as viewer:
        try:
            _show(viewer, start_address(viewer, link_id, query), say)
        finally:
            if count := viewer.captures.end():
                say(FINISHING[language].format(count=count))


def _show(viewer: Viewer, address: str, say: Say) -> None:
    """Show the address in a window, or in the browser where there is no webview, until it is closed."""
    has_screen = webviews.has_screen(os.environ)
    gui = webviews.find_webview(os.environ)
    if has_screen and gui is not None:
        _show_window(address, gui, viewer.language)
        return
    if gui is None:
        say(WebviewMissing(package=webviews.package_to_name(os.environ)).message(viewer.language))
    # Without a screen the system would start a text browser in this very terminal.
    can_browse = has_screen or "BROWSER" in os.environ
    is_shown = can_browse and webbrowser.open(address)
    hints = BROWSER_HINTS if is_shown else NO_BROWSER
    say(hints[viewer.language].format(url=address))
    _wait_for_end(viewer)


def _show_window(address: str, gui: webviews.Gui, language: Language) -> None:
    """Open pywebview's window and wait for its end; main thread only."""
    webviews.settle_environment(os.environ)
    # Here, as loading it looks for its platform's libraries.
    import webview
    from webview.errors import WebViewException

    webview.settings["ALLOW_DOWNLOADS"] = True
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False
    try:
        webview.create_window(
            TITLES[language], address, width=1280, height=840, min_size=(420, 480), text_select=True
        )
        webview.start(gui=gui, private_mode=True)
    except WebViewException as cause:
        raise WindowError(reason=str(cause)) from cause


def _wait_for_end(viewer: Viewer) -> None:
    """Block until the last tab is closed."""
    while not viewer.presence.is_over():
        time.sleep(LOOK_SECONDS)
