"""From a frame's body to a request, or to a coded reason why it is none."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pybase64

from linkshot.errors import ActionUnknown, LinkshotError, MessageInvalid
from linkshot.native.messages import ACTIONS, CHUNK_BYTES, MAX_ID, Chunk, Request


def _decode_chunk(_kind: type[Any], text: Any) -> Chunk:
    """Decode base64 with vector instructions: msgspec's own takes ten times as long.

    Raises:
        ValueError: not a string of standard base64, or longer than a chunk may be.
    """
    if not isinstance(text, str):
        raise ValueError("a chunk is a string of base64")
    raw = pybase64.b64decode(text, validate=True)
    if len(raw) > CHUNK_BYTES:
        raise ValueError(f"a chunk is at most {CHUNK_BYTES} bytes")
    return Chunk(raw)


_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request, dec_hook=_decode_chunk)


def decode_request(body: bytes) -> Request:
    """Decode and check one message.

    Raises:
        ActionUnknown: well-formed, but of an action that a newer extension may know.
        MessageInvalid: not JSON, or a field is missing or wrong.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _explain(body, error) from error


def request_id_of(body: bytes) -> int:
    """Return the id to echo for a message that could not be decoded; 0 where it has none."""
    request_id = _outline(body).get("id")
    if isinstance(request_id, bool) or not isinstance(request_id, int):
        return 0
    return request_id if 1 <= request_id <= MAX_ID else 0


def _explain(body: bytes, error: Exception) -> LinkshotError:
    action = _outline(body).get("action")
    if isinstance(action, str) and action not in ACTIONS:
        return ActionUnknown(action=action.encode("utf-8", "replace").decode()[:100])
    return MessageInvalid(reason=str(error)[:500])


def _outline(body: bytes) -> dict[str, object]:
    """Read the message once more, with a reader that takes what msgspec refuses: lone surrogates.

    They cannot become UTF-8, so the message is refused, but its sender must learn which one it was.
    """
    try:
        outline = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return outline if isinstance(outline, dict) else {}
