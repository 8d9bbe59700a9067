"""The page could not be had; nothing was stored."""

from __future__ import annotations

from collections.abc import Mapping

from linkshot.errors.base import LinkshotError


class CaptureError(LinkshotError):
    """The page could not be had; nothing was stored."""

    code = "capture_failed"
    en = "{url} could not be kept: {reason}."
    zh = "未能保存 {url}：{reason}。"


class HostNotResolved(CaptureError):
    """The site's name has no address."""

    code = "host_not_resolved"
    en = "The site {host} was not found. Check the address and your connection."
    zh = "找不到网站 {host}。请检查网址和网络连接。"


class ConnectionFailed(CaptureError):
    """The site did not accept the connection, or its certificate is not valid."""

    code = "connection_failed"
    en = "No connection to {url}: {reason}."
    zh = "无法连接 {url}：{reason}。"


class FetchTimeout(CaptureError):
    """The site did not answer within the bound."""

    code = "fetch_timeout"
    en = "{url} did not answer within {seconds} seconds. Try again later."
    zh = "{url} 在 {seconds} 秒内没有响应。请稍后再试。"


class HttpStatus(CaptureError):
    """The site answered with an error status."""

    code = "http_status"
    en = "{url} answered {status}. Add --keep-errors to keep the page all the same."
    zh = "{url} 返回 {status}。如仍要保存该页面，请加 --keep-errors。"


class PageTooLarge(CaptureError):
    """The document is over the size bound."""

    code = "page_too_large"
    en = "{url} is larger than {limit_mb} MB and was not kept."
    zh = "{url} 超过 {limit_mb} MB，未保存。"


class PageEmpty(CaptureError):
    """The answer is nothing to show, or the address led on to something that is no web page."""

    code = "page_empty"
    en = "{url} leads to no page: the answer is empty, or it led on to something that is no web page."
    zh = "{url} 没有指向网页：应答为空，或转到了网页以外的地方。"


class PageIsFile(CaptureError):
    """The address leads to a file that a browser downloads and does not show."""

    code = "page_is_file"
    en = "{url} is a file, which a browser downloads and does not show. Leave out --via tab to keep it as a file."
    zh = "{url} 是文件，浏览器会直接下载而不显示。去掉 --via tab 即可将文件本身保存。"


class PrivateAddress(CaptureError):
    """A public site redirected to an address inside the private network."""

    code = "private_address"
    en = "{url} led to {target} at the private address {address} and was stopped. If that is the page you meant, keep its own address."
    zh = "{url} 跳转到内网地址 {address} 上的 {target}，已停止。如果要保存的正是该页面，请直接使用它的网址。"


class TooManyRedirects(CaptureError):
    """The site redirects in a circle."""

    code = "too_many_redirects"
    en = "{url} redirects more than {limit} times."
    zh = "{url} 的跳转超过 {limit} 次。"


class PageNotCapturable(CaptureError):
    """The page belongs to the browser or to something Linkshot may not read."""

    code = "page_not_capturable"
    en = "{url} cannot be kept: the browser lets no extension read this page."
    zh = "无法保存 {url}：浏览器不允许扩展读取此页面。"


class BrowserMissing(CaptureError):
    """No Chromium, Chrome or Edge was found, or playwright is not installed."""

    code = "browser_missing"
    en = "No browser for capturing was found. Install Chromium, Chrome or Edge, and the extra “linkshot[browser]”."
    zh = "未找到可用于采集的浏览器。请安装 Chromium、Chrome 或 Edge，并安装 linkshot[browser]。"


class BrowserFailed(CaptureError):
    """The capturing browser did not start, or ended in the middle."""

    code = "browser_failed"
    en = "The capturing browser failed on {url}: {reason}."
    zh = "采集浏览器处理 {url} 时出错：{reason}。"


class BrowserNotConnected(CaptureError):
    """No browser with the Linkshot extension is running."""

    code = "browser_not_connected"
    en = "No running browser has the Linkshot extension connected. Open one, or use --via browser. “linkshot doctor” says more."
    zh = "没有正在运行且已连接链接快照扩展的浏览器。请打开浏览器，或使用 --via browser。运行 linkshot doctor 查看详情。"


def reported(code: str, words: str, facts: Mapping[str, object]) -> CaptureError:
    """A failure that another process tells of: of the class with its code where `facts` fill that one's message, else with its words."""
    kinds: list[type[CaptureError]] = [CaptureError, *CaptureError.__subclasses__()]
    known = {kind.code: kind for kind in kinds if kind.__module__ == __name__}
    try:
        return known[code](**facts)
    except KeyError:
        own = {"code": code or CaptureError.code, "en": "{message}", "zh": "{message}"}
        # of no module: it is no class of the tree
        failure: type[CaptureError] = type("Reported", (CaptureError,), own | {"__module__": ""})
        return failure(message=words or code)
