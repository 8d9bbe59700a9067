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
BROWSER_ENDED = "the browser has ended"
NOBODYS_HOME = "nobody here has this name"
NUMBER_TOO_LARGE = "a number in it is too large"
NOT_IN_PLACE = "it is no longer there; bring it back, or open it where it is now"

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
    NOT_IN_PLACE: "它已不在原处；请放回原处，或从新位置打开",
    "it led to an address that did not answer": "页面转到的地址没有响应",
    "it redirects to something that is no web address": "它转到的不是网址",
    "the page keeps the browser busy": "页面使浏览器一直忙碌",
    BROWSER_ENDED: "浏览器已退出",
    "a file's page is kept without the web": "保存本机文件时不访问网络",
    "it is outside the page's folder": "它不在网页所在的文件夹内",
    "it is not in the saved file": "保存的文件中没有它",
    "the plan does not announce it": "清单中没有它",
    # Of a request to the window.
    "the Host header is not the window's": "Host 标头与窗口不符",
    "the Origin header is not the window's": "Origin 标头与窗口不符",
    "another page sent it": "它来自其他网页",
    "it has no Origin header": "缺少 Origin 标头",
    "the key of this run is missing or wrong": "本次运行的密钥缺失或有误",
    "the length is missing": "缺少长度",
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
    "Too many levels of symbolic links": "符号链接层数过多",
    "File exists": "已有同名文件",
    "Directory not empty": "文件夹不为空",
    "File too large": "文件过大",
    "Disk quota exceeded": "磁盘配额已用完",
    "Cannot allocate memory": "内存不足",
    "Exec format error": "它不是本系统的程序",
    "Text file busy": "文件正在使用",
    "Invalid argument": "参数无效",
    "Broken pipe": "管道已断开",
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
    "the encrypted connection failed": "加密连接出错",
    "the connection was broken off": "连接中途断开",
    "its answer is cut short or no HTTP": "应答不完整，或不是 HTTP",
    "its compressed answer cannot be read": "压缩的应答无法解开",
    "the proxy did not connect": "代理未能连接",
    "the browser does not allow its port": "浏览器不允许使用此端口",
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
    "net::ERR_CERT_INVALID": "证书无效",
    "net::ERR_CERT_REVOKED": "证书已被吊销",
    "net::ERR_CONNECTION_ABORTED": "连接中途断开",
    "net::ERR_CONTENT_DECODING_FAILED": "压缩的应答无法解开",
    "net::ERR_CONTENT_LENGTH_MISMATCH": "应答不完整",
    "net::ERR_HTTP2_PROTOCOL_ERROR": "应答不合 HTTP/2 规范",
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING": "应答不完整",
    "net::ERR_INVALID_HTTP_RESPONSE": "应答不是 HTTP",
    "net::ERR_INVALID_RESPONSE": "应答不合规范",
    "net::ERR_NETWORK_ACCESS_DENIED": "不允许访问网络",
    "net::ERR_NETWORK_CHANGED": "网络连接已切换",
    "net::ERR_PROXY_CONNECTION_FAILED": "代理未能连接",
    "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH": "加密方式不受支持",
    "net::ERR_TUNNEL_CONNECTION_FAILED": "代理未能连接",
    "net::ERR_UNSAFE_PORT": "浏览器不允许使用此端口",
    "net::ERR_TOO_MANY_REDIRECTS": "重定向过多",
}
