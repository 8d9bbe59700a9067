import http.server
import socket
import ssl
import struct
import threading
import time

import pytest

from linkshot.capture.addresses import is_private
from linkshot.capture.http import HttpOptions, capture_with_http
from linkshot.errors import (
    ConnectionFailed,
    FetchTimeout,
    HostNotResolved,
    HttpStatus,
    PageEmpty,
    PageTooLarge,
    TooManyRedirects,
)

PNG = b"\x89PNG\r\n\x1a\n"
PAGES = {
    "/": (
        "text/html; charset=gbk",
        (
            "<title>标题</title><link rel=stylesheet href=s.css><img data-src=/a.png>"
            "<iframe src=/frame></iframe><img src=/gone.png>"
        ).encode("gbk"),
    ),
    "/s.css": ("text/css", b"@import 'i.css';a{b:url(b.png)}"),
    "/i.css": ("text/css", b"@import 's.css';"),
    "/a.png": ("image/png", PNG + b"a"),
    "/b.png": ("image/png", PNG + b"b"),
    "/frame": ("text/html", b"<p>in</p><iframe src=/></iframe>"),
    "/many": ("text/html", "".join(f"<img src=/{n}.png>" for n in range(12)).encode()),
    "/frames": ("text/html", "".join(f"<iframe src=/f{n}></iframe>" for n in range(6)).encode()),
    "/waits": ("text/html", b"<img src=/slow>"),
    **{f"/{n}.png": ("image/png", PNG) for n in range(12)},
    **{f"/f{n}": ("text/html", b"<p>in") for n in range(6)},
    "/refresh": ("text/html", b'<meta http-equiv=refresh content="0;url=/picture">'),
    "/picture": ("image/png", PNG),
    "/empty": ("text/plain", b""),
}


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/loop":
            self._send(302, [("Location", "/loop")])
        elif self.path == "/huge":
            self._send(200, [("Content-Length", str(2 << 30))])
        elif self.path == "/endless":
            self._send(200, [])
            self._stream()
        elif self.path == "/no-content":
            self._send(204, [])
        elif self.path == "/slow":
            time.sleep(3)
        elif self.path in PAGES:
            kind, data = PAGES[self.path]
            self._send(200, [("Content-Type", kind), ("Content-Length", str(len(data)))], data)
        else:
            self._send(404, [("Content-Length", "0")])

    def _send(self, status, headers, data=b""):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self):
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass  # the other side had enough: that is what is tested

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_page_comes_with_what_it_and_its_sheets_use(site):
    plan = capture_with_http(f"{site}/").plan
    assert plan.title == "标题"
    assert [d.frame for d in plan.documents] == ["", "0"]
    assert sorted(r.url.removeprefix(site) for r in plan.resources) == [
        "/a.png",
        "/b.png",
        "/i.css",
        "/s.css",
    ]
    assert {m.url.removeprefix(site): m.reason for m in plan.missing} == {
        "/gone.png": "404",
        "/": "circular",
    }


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/loop", TooManyRedirects),
        ("/huge", PageTooLarge),
        ("/endless", PageTooLarge),
        ("/slow", FetchTimeout),
        ("/nothing", HttpStatus),
        ("/no-content", PageEmpty),
        ("/empty", PageEmpty),
    ],
)
def test_page_that_cannot_be_had_is_a_coded_error(site, path, error):
    with pytest.raises(error):
        capture_with_http(site + path, options=HttpOptions(timeout_seconds=1, max_document_mb=2))


@pytest.mark.parametrize(
    ("path", "options", "reasons"),
    [
        ("/many", HttpOptions(max_resources=3), ["too_many"] * 9),
        ("/frames", HttpOptions(max_frames=2), ["too_many_frames"] * 4),
        ("/waits", HttpOptions(total_seconds=2), ["timeout"]),
    ],
)
def test_page_over_a_bound_is_kept_and_says_what_is_missing(site, path, options, reasons):
    plan = capture_with_http(site + path, options=options).plan
    assert [missing.reason for missing in plan.missing] == reasons


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/no-content", 204)])
def test_error_page_is_kept_when_asked_and_marked(site, path, status):
    plan = capture_with_http(f"{site}{path}", options=HttpOptions(keep_errors=True)).plan
    assert plan.status == status


def test_refresh_is_followed_and_a_picture_kept_as_it_is(site):
    plan = capture_with_http(f"{site}/refresh").plan
    assert (plan.page_url, plan.documents[0].media_type) == (f"{site}/picture", "image/png")


def test_host_without_address_is_named():
    with pytest.raises(HostNotResolved):
        capture_with_http("http://no-such-host.invalid/")


def test_closed_port_is_a_failed_connection():
    with pytest.raises(ConnectionFailed):
        capture_with_http("http://127.0.0.1:9/")


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BROKEN = {
    "nonsense": (b"nonsense\r\n\r\n", "应答不完整，或不是 HTTP"),
    "cut short": (OK + b"Content-Length: 100\r\n\r\n<p>", "应答不完整，或不是 HTTP"),
    "no gzip": (OK + b"Content-Encoding: gzip\r\n\r\n<p>", "压缩的应答无法解开"),
    "nothing": (b"", "服务器未作应答便断开了连接"),
    "reset": (None, "连接中途断开"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_answer_is_told_in_chinese_without_words_of_the_library(case):
    sent, said = BROKEN[case]
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answer_once, args=(server, sent), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(ConnectionFailed) as raised:
            capture_with_http(url)
    assert raised.value.message("zh") == f"无法连接 {url}：{said}。"


def answer_once(server: socket.socket, sent: bytes | None) -> None:
    connection, _ = server.accept()
    connection.recv(4096)
    if sent is None:  # a close without waiting resets
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    else:
        connection.sendall(sent)
    connection.close()


def test_site_without_encryption_is_told_so(site):
    with pytest.raises(ConnectionFailed) as raised:
        capture_with_http(site.replace("http:", "https:"))
    assert raised.value.message("zh").endswith("：加密连接出错。")


# Signed by itself, for 127.0.0.1; made for this test alone.
CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdmRAHIMi0bG1sbDW
PtPH5+6IlY/4kSEAmeh6gsJneoqhRANCAAQLVpbTT6SBl4zEXDYO03S0rdBrBuvx
3mmDKGb0zCvcvjBSQgYayWpxX6nD6m1cbVgrQSL2SPdz9rRwB1D/8jpS
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUE2DlKk15QJyUVjYRhUeEb9ZB7vowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTA4NDc1MloYDzIxMjYxMTA1
MDg0NzUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQLVpbTT6SBl4zEXDYO03S0rdBrBuvx3mmDKGb0zCvcvjBSQgYayWpx
X6nD6m1cbVgrQSL2SPdz9rRwB1D/8jpSo2QwYjAdBgNVHQ4EFgQUhilfrhqkOSVI
7cR8L1WtYROwImQwHwYDVR0jBBgwFoAUhilfrhqkOSVI7cR8L1WtYROwImQwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
IHblPKjlBVkOzWUh1aKnmpqK2uTb0b/DnAbFk9wQpNepAiBhCqpBh566MQI9jVA1
oQ85In/OYLjRfSXGCfR8yXmNhA==
-----END CERTIFICATE-----
"""


def test_certificate_that_nobody_vouches_for_is_told_in_both_languages(tmp_path):
    (tmp_path / "site.pem").write_text(CERTIFICATE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "site.pem")
    server = http.server.HTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    url = f"https://127.0.0.1:{server.server_port}/"
    with pytest.raises(ConnectionFailed) as raised:
        capture_with_http(url)
    server.shutdown()
    server.server_close()
    assert raised.value.message("en") == f"No connection to {url}: self-signed certificate."
    assert raised.value.message("zh") == f"无法连接 {url}：证书由网站自行签发。"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.0.0.1", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("::ffff:192.168.0.1", True),
        ("fe80::1%eth0", True),
        ("64:ff9b::7f00:1", True),
        ("0.0.0.0", True),
        ("100.64.0.1", True),
        ("8.8.8.8", False),
        ("198.18.0.5", False),
        ("fc00::5", False),
        ("2001:2::5", False),
        ("fc40::5", True),
        ("fd00::5", True),
        ("2001:4860:4860::8888", False),
    ],
)
def test_private_addresses_are_known(address, private):
    assert is_private(address) is private
