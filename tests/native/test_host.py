"""The host as a process: its start, its end, and streams that no browser would send."""

import io
import json
import os
import struct
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import linkshot
from linkshot.native.main import converse

HELLO = {"protocol": 1, "extension_version": "0.1.0", "browser": "Chromium 156", "language": "en"}
FIREFOX = [
    "/home/me/.mozilla/native-messaging-hosts/org.linkshot.host.json",
    "linkshot@linkshot.org",
]


def raw(body: bytes) -> bytes:
    return struct.pack("=I", len(body)) + body


def test_hello_is_answered_with_versions_and_place(start_host, library_dir):
    assert start_host().call("hello", **HELLO) == {
        "id": 1,
        "ok": True,
        "protocol": 1,
        "host_version": linkshot.__version__,
        "library": str(library_dir),
    }


def test_hello_alone_makes_no_library(start_host, library_dir):
    host = start_host()
    host.call("hello", **HELLO)
    assert (host.end(), library_dir.exists()) == ((0, b""), False)


def test_second_hello_is_answered_as_the_first(start_host):
    host = start_host()
    first, second = host.call("hello", **HELLO), host.call("hello", **HELLO)
    assert second == {**first, "id": 2}


@pytest.mark.parametrize(
    ("protocol", "language", "older", "begins"),
    [
        (2, "en", "host", "The extension speaks protocol 2, the host 1. The host is the older: "),
        (0, "zh-CN", "extension", "扩展使用协议 0，主机使用协议 1。扩展版本较旧：请"),
    ],
)
def test_hello_of_another_protocol_says_which_half_is_older(
    start_host, protocol, language, older, begins
):
    reply = start_host().call("hello", **{**HELLO, "protocol": protocol, "language": language})
    assert (reply["code"], reply["detail"]["older"]) == ("protocol_mismatch", older)
    assert reply["message"].startswith(begins)


def test_errors_are_in_the_language_of_hello(start_host):
    host = start_host()
    host.call("hello", **{**HELLO, "language": "zh-CN"})
    reply = host.call("link.nothing")
    assert reply["message"] == "此主机不支持“link.nothing”。请升级链接快照。"


@pytest.mark.parametrize("arguments", [[], ["chrome-extension://" + "a" * 32 + "/"], ["x", "y@z"]])
def test_another_extension_is_refused(arguments):
    started = [sys.executable, "-m", "linkshot.native.main", *arguments]
    done = subprocess.run(started, input=raw(b"{}"), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.parametrize("arguments", [FIREFOX])
def test_firefox_names_its_addon_second(arguments):
    started = [sys.executable, "-m", "linkshot.native.main", *arguments]
    done = subprocess.run(started, input=raw(b"{}"), capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout != b""


@pytest.mark.parametrize("stream", [b"", b"\7", b"\7\0\0", raw(b"{}")[:-1], raw(b"")[:-1]])
def test_stream_that_ends_ends_the_host(start_host, stream):
    host = start_host()
    host.write(stream)
    assert host.end() == (0, b"")
    assert host.receive() is None


def test_stream_cut_after_requests_answers_them_first(host):
    host.write(raw(b'{"id": 5, "action": "tag.complete", "text": ""}') + b"\7\0")
    assert host.end() == (0, b"")
    assert host.receive() == {"id": 5, "ok": True, "tags": []}


@pytest.mark.parametrize("is_greeted", [False, True])
def test_oversized_frame_is_answered_and_ends_the_host(start_host, is_greeted):
    host = start_host()
    if is_greeted:
        host.call("hello", **HELLO)
    host.write(struct.pack("=I", 2**32 - 1) + b"x" * 100)
    reply = host.receive()
    assert reply == {
        "id": 0,
        "ok": False,
        "code": "message_too_large",
        "message": "A message of 4294967295 bytes is over the limit of 8388608.",
        "detail": {"size_bytes": 4294967295, "limit_bytes": 8388608},
    }
    assert (host.receive(), host.process.wait(10)) == (None, 0)


@pytest.mark.parametrize(
    ("body", "request_id", "code"),
    [
        pytest.param(b"", 0, "message_invalid", id="empty"),
        pytest.param(b"\0" * 50, 0, "message_invalid", id="nul"),
        pytest.param(b"{}" * 2, 0, "message_invalid", id="two values"),
        pytest.param(b"[1]", 0, "message_invalid", id="list"),
        pytest.param(b'{"action": "hello"}', 0, "message_invalid", id="no id"),
        pytest.param(b'{"id": 9, "action": "hello"}', 9, "message_invalid", id="field lacks"),
        pytest.param(b'{"id": 9, "action": "x"}', 9, "action_unknown", id="unknown action"),
        pytest.param(b'{"id": 9}', 9, "message_invalid", id="no action"),
        pytest.param(b'{"id": 9, "action": "link.status", "url": [1]}', 9, "message_invalid", id="type"),
        pytest.param(b'{"id": 9, "action": "link.status", "url": "\\ud83d"}', 9, "message_invalid", id="surrogate"),
        pytest.param(b'{"id": 9, "action": "link.status", "url": "\xff"}', 0, "message_invalid", id="not UTF-8"),
        pytest.param(b'{"id": 9, "action": "link.status", "url": "about:blank"}', 9, "url_invalid", id="address"),
        pytest.param(b'{"id": 9, "action": "link.status", "url": "\\u0000"}', 9, "url_invalid", id="nul in address"),
        pytest.param(b'{"id": 9, "x": ' + b"[" * 10**6 + b"]" * 10**6 + b"}", 0, "message_invalid", id="deep"),
    ],
)  # fmt: skip
def test_bad_message_is_answered_and_the_host_goes_on(shared_host, body, request_id, code):
    shared_host.write(raw(body))
    reply = shared_host.receive()
    assert (reply["id"], reply["ok"], reply["code"]) == (request_id, False, code)
    assert shared_host.call("tag.complete", text="")["ok"]


def test_lengths_that_text_mode_would_change_arrive_whole(shared_host):
    """A length may hold any byte: 10, 13 and 26 are a line's end and a file's end to a stream in text mode."""
    words = ["x" * size for size in range(1, 150)]
    replies = []
    for shared_host.next_id in (
        10**6,
        10**7,
    ):  # a word stands twice in its answer: even and odd lengths
        ids = [shared_host.post("link.status", url=word) for word in words]
        replies += [shared_host.reply(request_id) for request_id in ids]
    assert [reply["detail"]["url"] for reply in replies] == words * 2
    packed = [json.dumps(reply, ensure_ascii=False, separators=(",", ":")) for reply in replies]
    assert {10, 13, 26} <= {len(reply.encode()) & 0xFF for reply in packed}


def test_print_never_reaches_the_browser(start_host):
    host = start_host(
        code="""
import os, subprocess, sys, threading
from linkshot.native import main
take_streams = main.take_streams
def noisy():
    streams = take_streams()
    print("printed"); sys.stdout.flush(); os.write(1, b"written to file 1")
    sys.__stdout__.write("to the old stdout"); sys.__stdout__.flush()
    subprocess.run(["echo", "from a child"]); assert os.read(0, 1) == b""
    threading.Thread(target=lambda: [print("x" * 99) for _ in range(999)], daemon=True).start()
    return streams
main.take_streams = noisy
sys.exit(main.main())
"""
    )
    assert [host.call("hello", **HELLO)["id"] for _ in range(3)] == [1, 2, 3]
    status, errors = host.end()
    assert status == 0
    assert errors.startswith(b"printed\nwritten to file 1to the old stdoutfrom a child\n")


def test_slow_upload_does_not_hold_up_the_popup(host, make_page):
    page = make_page("slow", bytes(40_000_000))
    need = host.call("capture.begin", plan=page.plan)["need"]
    writes = [host.post("blob.write", **fields) for fields in list(page.writes(need))[:4]]
    quick = [host.post("tag.complete", text="")]
    replies = [host.receive()["id"] for _ in [*writes, *quick]]
    assert sorted(replies) == sorted(writes + quick)
    assert [reply for reply in replies if reply in writes] == writes


def test_reader_of_replies_that_goes_away_ends_nothing_badly(host_command):
    asked = raw(b'{"id": 5, "action": "tag.complete", "text": ""}') * 100
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(host_command, input=asked, stdout=writing, stderr=-1, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


MESSAGES = st.one_of(
    st.binary(max_size=200).map(raw),
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.one_of(st.integers(-2, 2**54), st.text(max_size=3)),
            "action": st.sampled_from(["hello", "link.status", "tag.complete", "capture.begin"]),
            "url": st.one_of(st.text(max_size=30), st.none()),
            "text": st.text(max_size=30),
            "plan": st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
        },
    ).map(lambda fields: raw(json.dumps(fields).encode())),
)
STREAMS = st.lists(MESSAGES, max_size=6).map(b"".join)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    stream=st.one_of(
        STREAMS, st.binary(max_size=60), st.tuples(STREAMS, st.binary(max_size=9)).map(b"".join)
    )
)
def test_any_bytes_are_answered_by_whole_frames(stream, shared_library):
    """The host's own loop in this process, as starting 300 would take minutes; see the next test."""
    answered = io.BytesIO()
    converse(io.BytesIO(stream), answered, shared_library)
    for body in read_all(answered.getvalue()):
        reply = json.loads(body)
        assert isinstance(reply["id"], int)
        assert reply["ok"] or reply["code"] != "internal"


def read_all(stream: bytes) -> list[bytes]:
    """Cut the host's output into whole frames; what is no frame fails here."""
    bodies, source = [], io.BytesIO(stream)
    while head := source.read(4):
        (size,) = struct.unpack("=I", head)
        bodies.append(source.read(size))
        assert len(bodies[-1]) == size
    return bodies
