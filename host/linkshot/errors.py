"""Every failure a caller may act on: one class per thing a caller would do differently.

    LinkshotError
    ├── InputError              what the person gave cannot be used
    │   ├── UrlInvalid, FileUnreadable, QueryTooLong, NoteTooLong
    │   ├── TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid, TagNameTaken
    │   ├── TagNotFound, LinkNotFound, SnapshotNotFound, ResourceNotFound
    │   ├── CaptureNotFound, RuleNotFound, RuleInvalid
    │   ├── UndoNotFound, UndoBlocked
    │   └── OutputUnwritable
    ├── CaptureError            the page could not be had
    │   ├── HostNotResolved, ConnectionFailed, FetchTimeout, HttpStatus
    │   ├── PageTooLarge, PrivateAddress, TooManyRedirects, PageNotCapturable
    │   └── BrowserMissing, BrowserFailed, BrowserNotConnected
    ├── LibraryError            the library cannot be used as it is
    │   ├── LibraryLocked, LibraryReadOnly, LibraryNewer, NotALibrary
    │   └── DiskFull, LibraryDamaged, BlobMissing
    ├── ProtocolError           the wire between the browser and the host
    │   ├── FrameInvalid, MessageTooLarge, MessageInvalid, ActionUnknown, ProtocolMismatch
    │   ├── UploadUnknown, UploadInvalid
    │   └── Internal
    ├── WindowError             the viewer cannot be shown
    │   ├── WebviewMissing
    │   └── RequestForbidden
    └── SetupError              the browsers cannot be connected
        └── HostProgramMissing

`code` is the word on the wire, in `--json` and in the logs: words are only ever added. `en` and
`zh` are the message in both languages; the facts given to the constructor fill them and stay
readable in `facts`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Language = Literal["en", "zh"]


class LinkshotError(Exception):
    """Root of all coded errors; never raised itself."""

    code: ClassVar[str] = "linkshot_error"
    en: ClassVar[str] = "Linkshot could not do this."
    zh: ClassVar[str] = "链接快照未能完成此操作。"

    def __init__(self, **facts: object) -> None:
        """Keep the facts of this failure; each placeholder of `en` and `zh` needs one."""
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: Language = "en") -> str:
        """What happened, to what, and the cure, in `language`."""
        template = self.zh if language == "zh" else self.en
        return template.format(**self.facts)


class InputError(LinkshotError):
    """What the person gave cannot be used; nothing was changed."""

    code = "input_invalid"
    en = "This cannot be used: {reason}."
    zh = "输入无法使用:{reason}。"


class UrlInvalid(InputError):
    """The text is not an http, https or file address."""

    code = "url_invalid"
    en = "“{url}” is not a web address. Give one that starts with http:// or https://."
    zh = "“{url}”不是网址。请输入以 http:// 或 https:// 开头的地址。"


class FileUnreadable(InputError):
    """A file named by the person is missing, a folder, or not readable."""

    code = "file_unreadable"
    en = "The file {path} cannot be read: {reason}."
    zh = "无法读取文件 {path}:{reason}。"


class QueryTooLong(InputError):
    """A search query is longer than the limit."""

    code = "query_too_long"
    en = "The query has {length} characters; at most {limit} are possible."
    zh = "查询有 {length} 个字符,最多 {limit} 个。"


class NoteTooLong(InputError):
    """A note is longer than the limit."""

    code = "note_too_long"
    en = "The note has {length} characters; at most {limit} are possible."
    zh = "备注有 {length} 个字符,最多 {limit} 个。"


class TagEmpty(InputError):
    """A tag, or one part of its path, has no visible character."""

    code = "tag_empty"
    en = "A tag needs at least one visible character between its slashes: “{tag}”."
    zh = "标签的每一级都要有可见字符:“{tag}”。"


class TagTooLong(InputError):
    """A tag's path is longer or deeper than the limit."""

    code = "tag_too_long"
    en = "The tag “{tag}” is too long: at most {limit} characters and {depth} levels."
    zh = "标签“{tag}”过长:最多 {limit} 个字符、{depth} 级。"


class TagSlashAtEnd(InputError):
    """A tag's path begins or ends with a slash."""

    code = "tag_slash_at_end"
    en = "The tag “{tag}” must not begin or end with a slash."
    zh = "标签“{tag}”的开头和结尾不能是斜杠。"


class TagInvalid(InputError):
    """A tag has a character that no tag may have (a control character or a line break)."""

    code = "tag_invalid"
    en = "The tag “{tag}” has a character that is not allowed: {character}."
    zh = "标签“{tag}”含有不允许的字符:{character}。"


class TagNameTaken(InputError):
    """Another tag already has this name, ignoring case and width."""

    code = "tag_name_taken"
    en = "A tag named “{tag}” exists already. Merge the two instead."
    zh = "已有名为“{tag}”的标签。可改为合并这两个标签。"


class TagNotFound(InputError):
    """No tag has this name."""

    code = "tag_not_found"
    en = "There is no tag named “{tag}”. “linkshot tag list” shows them all."
    zh = "没有名为“{tag}”的标签。用 linkshot tag list 查看全部标签。"


class LinkNotFound(InputError):
    """The library has no link with this id or address."""

    code = "link_not_found"
    en = "The library has no link {link}."
    zh = "库中没有链接 {link}。"


class SnapshotNotFound(InputError):
    """The library has no snapshot with this id."""

    code = "snapshot_not_found"
    en = "The library has no snapshot {snapshot}."
    zh = "库中没有快照 {snapshot}。"


class ResourceNotFound(InputError):
    """The snapshot has no resource of this name."""

    code = "resource_not_found"
    en = "The snapshot {snapshot} has no content {name}."
    zh = "快照 {snapshot} 中没有内容 {name}。"


class CaptureNotFound(InputError):
    """The library has no capture request with this id."""

    code = "capture_not_found"
    en = "The library has no capture request {request}."
    zh = "库中没有采集请求 {request}。"


class RuleNotFound(InputError):
    """No rule has this number."""

    code = "rule_not_found"
    en = "There is no rule {rule}. “linkshot tag rule list” shows them."
    zh = "没有编号为 {rule} 的规则。可用 linkshot tag rule list 查看。"


class RuleInvalid(InputError):
    """A rule has no condition, no tag, or a condition that nothing can meet."""

    code = "rule_invalid"
    en = "This rule cannot be used: {reason}. Give at least one tag and one condition."
    zh = "此规则不可用:{reason}。请至少给出一个标签和一个条件。"


class UndoNotFound(InputError):
    """There is nothing to undo, or what was done has been undone or is too long ago."""

    code = "undo_not_found"
    en = "There is nothing to undo here: {undo}. “linkshot tag undo --list” shows what can be undone."
    zh = "没有可撤销的操作:{undo}。可用 linkshot tag undo --list 查看。"


class UndoBlocked(InputError):
    """What was done since stands in the way of the undo; nothing was changed."""

    code = "undo_blocked"
    en = (
        "This cannot be undone, as the tag “{tag}” has changed since. Undo the later changes first."
    )
    zh = "无法撤销:标签“{tag}”之后又有改动。请先撤销较晚的操作。"


class OutputUnwritable(InputError):
    """The place to write to cannot be written."""

    code = "output_unwritable"
    en = "{path} cannot be written: {reason}."
    zh = "无法写入 {path}:{reason}。"


class CaptureError(LinkshotError):
    """The page could not be had; nothing was stored."""

    code = "capture_failed"
    en = "{url} could not be kept: {reason}."
    zh = "未能保存 {url}:{reason}。"


class HostNotResolved(CaptureError):
    """The site's name has no address."""

    code = "host_not_resolved"
    en = "The site {host} was not found. Check the address and your connection."
    zh = "找不到网站 {host}。请检查网址和网络连接。"


class ConnectionFailed(CaptureError):
    """The site did not accept the connection, or its certificate is not valid."""

    code = "connection_failed"
    en = "No connection to {url}: {reason}."
    zh = "无法连接 {url}:{reason}。"


class FetchTimeout(CaptureError):
    """The site did not answer within the bound."""

    code = "fetch_timeout"
    en = "{url} did not answer within {seconds} seconds. Try again later."
    zh = "{url} 在 {seconds} 秒内没有响应。请稍后再试。"


class HttpStatus(CaptureError):
    """The site answered with an error status."""

    code = "http_status"
    en = "{url} answered {status}. Add --keep-errors to keep the page all the same."
    zh = "{url} 返回 {status}。如仍要保存该页面,请加 --keep-errors。"


class PageTooLarge(CaptureError):
    """The document is over the size bound."""

    code = "page_too_large"
    en = "{url} is larger than {limit_mb} MB and was not kept."
    zh = "{url} 超过 {limit_mb} MB,未保存。"


class PrivateAddress(CaptureError):
    """A public site redirected to an address inside the private network."""

    code = "private_address"
    en = "{url} led to the private address {address} and was stopped."
    zh = "{url} 跳转到内网地址 {address},已停止。"


class TooManyRedirects(CaptureError):
    """The site redirects in a circle."""

    code = "too_many_redirects"
    en = "{url} redirects more than {limit} times."
    zh = "{url} 的跳转超过 {limit} 次。"


class PageNotCapturable(CaptureError):
    """The page belongs to the browser or to something Linkshot may not read."""

    code = "page_not_capturable"
    en = "{url} cannot be kept: the browser lets no extension read this page."
    zh = "无法保存 {url}:浏览器不允许扩展读取此页面。"


class BrowserMissing(CaptureError):
    """No Chromium, Chrome or Edge was found, or playwright is not installed."""

    code = "browser_missing"
    en = "No browser for capturing was found. Install Chromium, Chrome or Edge, and the extra “linkshot[browser]”."
    zh = "未找到可用于采集的浏览器。请安装 Chromium、Chrome 或 Edge,并安装 linkshot[browser]。"


class BrowserFailed(CaptureError):
    """The capturing browser did not start, or ended in the middle."""

    code = "browser_failed"
    en = "The capturing browser failed on {url}: {reason}."
    zh = "采集浏览器处理 {url} 时出错:{reason}。"


class BrowserNotConnected(CaptureError):
    """No browser with the Linkshot extension is running."""

    code = "browser_not_connected"
    en = "No running browser has the Linkshot extension connected. Open one, or use --via browser. “linkshot doctor” says more."
    zh = "没有正在运行且已连接链接快照扩展的浏览器。请打开浏览器,或使用 --via browser。运行 linkshot doctor 查看详情。"


class LibraryError(LinkshotError):
    """The library cannot be used as it is; nothing in it was changed."""

    code = "library_unusable"
    en = "The library {path} cannot be used: {reason}."
    zh = "库 {path} 无法使用:{reason}。"


class LibraryLocked(LibraryError):
    """Another program held the library for longer than the wait."""

    code = "library_locked"
    en = "The library {path} is busy: another program has been writing for {seconds} seconds. Try again."
    zh = "库 {path} 正忙:另一个程序已写入 {seconds} 秒。请重试。"


class LibraryReadOnly(LibraryError):
    """The library's folder or file may not be written."""

    code = "library_read_only"
    en = "The library {path} cannot be written. Check the folder's permissions and the disk."
    zh = "库 {path} 不可写。请检查文件夹权限和磁盘。"


class LibraryNewer(LibraryError):
    """A newer Linkshot made this library."""

    code = "library_newer"
    en = "The library {path} was made by a newer Linkshot (schema {found}, this program knows {known}). Update Linkshot."
    zh = "库 {path} 由更新版本的链接快照创建(结构版本 {found},本程序支持 {known})。请升级链接快照。"


class NotALibrary(LibraryError):
    """The file or folder is something else than a Linkshot library."""

    code = "not_a_library"
    en = "{path} is not a Linkshot library: {reason}. Name another folder with --library."
    zh = "{path} 不是链接快照的库:{reason}。请用 --library 指定其他文件夹。"


class DiskFull(LibraryError):
    """The disk that holds the library has no room left; nothing was half written."""

    code = "disk_full"
    en = "The disk of {path} is full. Free some room; what was to be kept is not lost where it came from."
    zh = "{path} 所在磁盘已满。请腾出空间;待保存的内容仍在原处,没有丢失。"


class LibraryDamaged(LibraryError):
    """The database or a blob does not hold what it should."""

    code = "library_damaged"
    en = "The library {path} is damaged: {reason}. Run “linkshot verify”."
    zh = "库 {path} 已损坏:{reason}。请运行 linkshot verify。"


class BlobMissing(LibraryError):
    """A blob that a snapshot names is not in the library."""

    code = "blob_missing"
    en = "The library has no content {sha256}. Run “linkshot verify”."
    zh = "库中没有内容 {sha256}。请运行 linkshot verify。"


class ProtocolError(LinkshotError):
    """The two halves did not understand each other."""

    code = "protocol_error"
    en = "The browser and the host did not understand each other: {reason}."
    zh = "浏览器与主机通信出错:{reason}。"


class FrameInvalid(ProtocolError):
    """The stream ended inside a frame; it cannot be trusted any more."""

    code = "frame_invalid"
    en = "The message stream was cut: {reason}."
    zh = "消息流中断:{reason}。"


class MessageTooLarge(ProtocolError):
    """A message is over the limit for its direction."""

    code = "message_too_large"
    en = "A message of {size_bytes} bytes is over the limit of {limit_bytes}."
    zh = "消息大小 {size_bytes} 字节,超过上限 {limit_bytes}。"


class MessageInvalid(ProtocolError):
    """A message is not JSON, or a field is missing or of the wrong type."""

    code = "message_invalid"
    en = "A message could not be read: {reason}."
    zh = "无法解读消息:{reason}。"


class ActionUnknown(ProtocolError):
    """The host does not know the action; it is likely older than the extension."""

    code = "action_unknown"
    en = "This host does not know “{action}”. Update Linkshot."
    zh = "此主机不支持“{action}”。请升级链接快照。"


class ProtocolMismatch(ProtocolError):
    """Extension and host speak versions that do not fit."""

    code = "protocol_mismatch"
    en = "The extension speaks protocol {extension_protocol}, the host {host_protocol}. Update the {older}."
    zh = "扩展使用协议 {extension_protocol},主机使用协议 {host_protocol}。请升级{older}。"


class UploadUnknown(ProtocolError):
    """A chunk or commit names a capture that was not begun with this host."""

    code = "upload_unknown"
    en = "The capture {capture_id} was not begun here; begin it again."
    zh = "采集 {capture_id} 尚未在此开始,请重新开始。"


class UploadInvalid(ProtocolError):
    """Uploaded bytes do not fit their plan: wrong hash, wrong offset or too long."""

    code = "upload_invalid"
    en = "The upload of {sha256} is not what was announced: {reason}."
    zh = "上传的 {sha256} 与声明不符:{reason}。"


class Internal(ProtocolError):
    """A fault of Linkshot's own; the log has the traceback."""

    code = "internal"
    en = "Something went wrong inside Linkshot ({kind}). The log has the details: {log}"
    zh = "链接快照内部出错({kind})。详情见日志:{log}"


class WindowError(LinkshotError):
    """The viewer cannot be shown."""

    code = "window_failed"
    en = "The viewer window could not be opened: {reason}."
    zh = "无法打开查看窗口:{reason}。"


class WebviewMissing(WindowError):
    """No webview for the window is installed."""

    code = "webview_missing"
    en = (
        "This machine has no webview: install {package}. The library opens in your browser instead."
    )
    zh = "本机没有 webview 组件:请安装 {package}。现改用浏览器打开资料库。"


class RequestForbidden(WindowError):
    """A request to the viewer's server did not come from the viewer's own window."""

    code = "request_forbidden"
    en = "This request did not come from Linkshot's own window: {reason}. Open the library with “linkshot open”."
    zh = "此请求不是来自链接快照的窗口:{reason}。请用 linkshot open 打开资料库。"


class SetupError(LinkshotError):
    """The browsers on this machine cannot be connected."""

    code = "setup_failed"
    en = "The browsers could not be connected: {reason}."
    zh = "无法与浏览器建立连接:{reason}。"


class HostProgramMissing(SetupError):
    """The program that browsers start is not installed."""

    code = "host_program_missing"
    en = "The program linkshot-host is not in {folder}. Install Linkshot again: “pip install --force-reinstall linkshot”."
    zh = "{folder} 中没有程序 linkshot-host。请重新安装:pip install --force-reinstall linkshot。"
