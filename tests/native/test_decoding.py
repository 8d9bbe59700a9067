"""Messages that are none, and how the sender learns of it."""

import json

import pytest

from linkshot.errors import ActionUnknown, MessageInvalid
from linkshot.native import messages
from linkshot.native.decoding import decode_request, request_id_of

NESTED = b'{"id": 1, "action": "hello", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


def body(**fields: object) -> bytes:
    return json.dumps({"id": 7, "action": "link.status", **fields}).encode()


def test_request_with_unknown_fields_is_taken():
    request = decode_request(body(url="https://example.org/", colour="red"))
    assert request == messages.LinkStatus(id=7, url="https://example.org/")


def test_chunk_is_decoded_from_base64():
    hashes = {"capture_id": "0" * 32, "sha256": "0" * 64}
    request = decode_request(body(action="blob.write", offset=0, data="AAEC", **hashes))
    assert isinstance(request, messages.BlobWrite)
    assert request.data.raw == b"\0\1\2"


@pytest.mark.parametrize(
    "data", ["AAE", "AA E", "AA-_", "AAEC\n", "汉字", "\ud800", 7, None, ["AAEC"]]
)
def test_chunk_that_is_no_base64_is_invalid(data):
    hashes = {"capture_id": "0" * 32, "sha256": "0" * 64}
    with pytest.raises(MessageInvalid):
        decode_request(body(action="blob.write", offset=0, data=data, **hashes))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0", id="nul"),
        pytest.param(b"[]", id="not an object"),
        pytest.param(b"7", id="a number"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"\xff\xfe{\0}\0", id="utf-16"),
        pytest.param(b'{"action": "hello", "protocol": 1}', id="no id"),
        pytest.param(b'{"id": 0, "action": "hello", "protocol": 1}', id="id 0"),
        pytest.param(b'{"id": -1, "action": "hello", "protocol": 1}', id="negative id"),
        pytest.param(b'{"id": true, "action": "hello", "protocol": 1}', id="boolean id"),
        pytest.param(b'{"id": "7", "action": "hello", "protocol": 1}', id="id as text"),
        pytest.param(b'{"id": 1e400, "action": "hello", "protocol": 1}', id="infinite id"),
        pytest.param(b'{"id": 9007199254740992, "action": "hello", "protocol": 1}', id="id > 2^53"),
    ],
)
def test_message_without_usable_id_is_invalid_with_id_0(raw):
    with pytest.raises(MessageInvalid):
        decode_request(raw)
    assert request_id_of(raw) == 0


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="field lacks"),
        pytest.param({"url": 5}, id="wrong type"),
        pytest.param({"url": None}, id="null"),
        pytest.param({"url": "\ud800"}, id="lone surrogate"),
        pytest.param({"url": "x" * 70_000}, id="long address"),
        pytest.param({"action": None}, id="no action"),
        pytest.param({"action": "capture.begin"}, id="neither plan nor digest"),
        pytest.param({"action": "capture.abort", "capture_id": "../" * 10 + "ab"}, id="path"),
        pytest.param({"action": "capture.abort", "capture_id": "0" * 32 + "\n"}, id="line feed"),
        pytest.param({"action": "tag.complete", "text": "", "limit": 0}, id="limit 0"),
    ],
)
def test_wrong_message_is_invalid_with_its_id(fields):
    with pytest.raises(MessageInvalid):
        decode_request(body(**fields))
    assert request_id_of(body(**fields)) == 7


def test_deep_nesting_is_invalid():
    with pytest.raises(MessageInvalid):
        decode_request(NESTED)


@pytest.mark.parametrize("action", ["capture.everything", "", "\ud800", "x" * 5000])
def test_unknown_action_is_named(action):
    with pytest.raises(ActionUnknown) as caught:
        decode_request(body(action=action))
    assert caught.value.facts == {"action": action.encode("utf-8", "replace").decode()[:100]}


def test_chunk_over_the_limit_is_invalid():
    data = "A" * (4 * (messages.CHUNK_BYTES // 3 + 1))
    hashes = {"capture_id": "0" * 32, "sha256": "0" * 64}
    with pytest.raises(MessageInvalid):
        decode_request(body(action="blob.write", offset=0, data=data, **hashes))
