"""The viewer cannot be shown."""

from __future__ import annotations

from linkshot.errors.base import LinkshotError


class WindowError(LinkshotError):
    """The viewer cannot be shown."""

    code = "window_failed"
    en = "The viewer window could not be opened: {reason}."
    zh = "无法打开查看窗口：{reason}。"


class WebviewMissing(WindowError):
    """No webview for the window is installed."""

    code = "webview_missing"
    en = (
        "This machine has no webview: install {package}. The library opens in your browser instead."
    )
    zh = "本机没有 webview 组件：请安装 {package}。现改用浏览器打开资料库。"


class RequestForbidden(WindowError):
    """A request to the viewer's server did not come from the viewer's own window."""

    code = "request_forbidden"
    en = "This request did not come from Linkshot's own window: {reason}. Open the library with “linkshot open”."
    zh = "此请求不是来自链接快照的窗口：{reason}。请用 linkshot open 打开资料库。"
