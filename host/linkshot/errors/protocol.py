"""The two halves did not understand each other."""

from __future__ import annotations

from linkshot.errors.base import LinkshotError


class ProtocolError(LinkshotError):
    """The two halves did not understand each other."""

    code = "protocol_error"
    en = "The browser and the host did not understand each other: {reason}."
    zh = "浏览器与主机通信出错：{reason}。"


class FrameInvalid(ProtocolError):
    """The stream ended inside a frame; it cannot be trusted any more."""

    code = "frame_invalid"
    en = "The message stream was cut: {reason}."
    zh = "消息流中断：{reason}。"


class MessageTooLarge(ProtocolError):
    """A message is over the limit for its direction."""

    code = "message_too_large"
    en = "A message of {size_bytes} bytes is over the limit of {limit_bytes}."
    zh = "消息大小 {size_bytes} 字节，超过上限 {limit_bytes}。"


class MessageInvalid(ProtocolError):
    """A message is not JSON, or a field is missing or of the wrong type."""

    code = "message_invalid"
    en = "A message could not be read: {reason}."
    zh = "无法解读消息：{reason}。"


class ActionUnknown(ProtocolError):
    """The host does not know the action; it is likely older than the extension."""

    code = "action_unknown"
    en = "This host does not know “{action}”. Update Linkshot."
    zh = "此主机不支持“{action}”。请升级链接快照。"


class ProtocolMismatch(ProtocolError):
    """Extension and host speak versions that do not fit."""

    code = "protocol_mismatch"
    en = "The extension speaks protocol {extension_protocol}, the host {host_protocol}. {cure}"
    zh = "扩展使用协议 {extension_protocol}，主机使用协议 {host_protocol}。{cure}"


class UploadUnknown(ProtocolError):
    """A chunk or commit names a capture that was not begun with this host."""

    code = "upload_unknown"
    en = "The capture {capture_id} was not begun here; begin it again."
    zh = "采集 {capture_id} 尚未在此开始，请重新开始。"


class UploadInvalid(ProtocolError):
    """Uploaded bytes do not fit their plan: wrong hash, wrong offset or too long."""

    code = "upload_invalid"
    en = "The upload of {sha256} is not what was announced: {reason}."
    zh = "上传的 {sha256} 与声明不符：{reason}。"


class Internal(ProtocolError):
    """A fault of Linkshot's own; the log has the traceback."""

    code = "internal"
    en = "Something went wrong inside Linkshot ({kind}). The log has the details: {log}"
    zh = "链接快照内部出错（{kind}）。详情见日志：{log}"
