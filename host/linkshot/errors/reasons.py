"""Reasons and cures that stand within a message, in Chinese: our own and those of system, network and browser."""

from __future__ import annotations

EXTENSION_OLDER = (
    "The extension is the older: load it again on the browser's extensions page, "
    "from the folder that “linkshot install” names."
)
HOST_OLDER = "The host is the older: update Linkshot (“pip install --upgrade linkshot”), then restart the browser."

NAMES_NO_PROGRAM = "it names no program"
CERTIFICATE_INVALID = "its certificate is not valid"
CONTENT_UNREADABLE = "part of a page cannot be read"
NOBODYS_HOME = "nobody here has this name"
NUMBER_TOO_LARGE = "a number in it is too large"

ZH = {
    "it is a file, not a folder": "它是文件，不是文件夹",
    "it is not a file": "它不是文件",
    "it has no linkshot.db": "其中没有 linkshot.db",
    "it is not an SQLite database": "它不是 SQLite 数据库",
    "another program made this database": "这个数据库由其他程序创建",
    "it has been closed": "它已关闭",
    NAMES_NO_PROGRAM: "其中没有指明程序",
    NOBODYS_HOME: "本机没有这个用户",
    CONTENT_UNREADABLE: "有网页内容无法读取",
    NUMBER_TOO_LARGE: "其中的数字过大",
    # What to do where extension and host do not fit.
    EXTENSION_OLDER: "扩展版本较旧：请在浏览器的扩展页面重新加载扩展，所在文件夹见 linkshot install 的输出。",
    HOST_OLDER: "主机版本较旧：请升级链接快照（pip install --upgrade linkshot），然后重启浏览器。",
    # As strerror says them.
    "No such file or directory": "没有这个文件或文件夹",
    "Is a directory": "它是文件夹",
    "Not a directory": "路径中有一段不是文件夹",
    "Permission denied": "没有权限",
    "Operation not permitted": "不允许此操作",
    "Read-only file system": "文件系统只读",
    "No space left on device": "磁盘已满",
    "File name too long": "文件名过长",
    "Input/output error": "读写出错",
    "Too many open files": "打开的文件过多",
    # As SQLite says them.
    "disk I/O error": "磁盘读写出错",
    "database disk image is malformed": "数据库文件内容有误",
    "unable to open database file": "无法打开数据库文件",
    # As OpenSSL says them of a certificate.
    CERTIFICATE_INVALID: "证书无效",
    "self-signed certificate": "证书由网站自行签发",
    "self-signed certificate in certificate chain": "证书不受信任",
    "unable to get local issuer certificate": "证书不受信任",
    "certificate has expired": "证书已过期",
    # httpx, and Chromium's net errors.
    "All connection attempts failed": "对方没有接受连接",
    "Server disconnected without sending a response.": "服务器未作应答便断开了连接",
    "net::ERR_CONNECTION_REFUSED": "对方拒绝连接",
    "net::ERR_CONNECTION_RESET": "连接被重置",
    "net::ERR_CONNECTION_CLOSED": "连接被关闭",
    "net::ERR_CONNECTION_TIMED_OUT": "连接超时",
    "net::ERR_ADDRESS_UNREACHABLE": "地址无法到达",
    "net::ERR_INTERNET_DISCONNECTED": "没有网络连接",
    "net::ERR_EMPTY_RESPONSE": "服务器没有应答",
    "net::ERR_SSL_PROTOCOL_ERROR": "加密连接出错",
    "net::ERR_CERT_AUTHORITY_INVALID": "证书不受信任",
    "net::ERR_CERT_DATE_INVALID": "证书已过期",
    "net::ERR_CERT_COMMON_NAME_INVALID": "证书不属于该网站",
    "net::ERR_TOO_MANY_REDIRECTS": "重定向过多",
}
