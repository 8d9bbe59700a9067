"""JSON in and out of the viewer's API, and the status each failure is answered with."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Request, Response

from linkshot import errors
from linkshot.errors import Language, LinkshotError

T = TypeVar("T")

MAX_BODY_BYTES = 1 << 20
JSON_TYPE = "application/json"
LANGUAGE_HEADER = "X-Linkshot-Language"

# The first class that fits decides.
STATUSES: tuple[tuple[type[LinkshotError], int], ...] = (
    (errors.LinkNotFound, 404),
    (errors.SnapshotNotFound, 404),
    (errors.ResourceNotFound, 404),
    (errors.TagNotFound, 404),
    (errors.RuleNotFound, 404),
    (errors.UndoNotFound, 404),
    (errors.ActionUnknown, 404),
    (errors.RequestForbidden, 403),
    (errors.MessageTooLarge, 413),
    (errors.TagNameTaken, 409),
    (errors.UndoBlocked, 409),
    (errors.InputError, 400),
    (errors.MessageInvalid, 400),
    (errors.LibraryLocked, 503),
    (errors.DiskFull, 507),
)


class RowNumber(IntegerConverter):
    """A number in an address; one longer than Python reads is no address of ours."""

    regex = r"\d{1,400}"


class ErrorReply(msgspec.Struct, frozen=True, kw_only=True):
    """What a failed request answers; `detail` holds the facts that fill the message."""

    code: str
    message: str
    detail: dict[str, str]


def json_reply(value: object, *, status: int = 200) -> Response:
    """`value` as JSON that nobody keeps or takes for something else."""
    reply = Response(msgspec.json.encode(value), status=status, content_type=JSON_TYPE)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def error_reply(error: LinkshotError, language: Language) -> Response:
    """The failure with its code, its message in `language`, and the status that fits it."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    detail = {name: str(fact) for name, fact in error.facts.items()}
    reply = ErrorReply(code=error.code, message=error.message(language), detail=detail)
    return json_reply(reply, status=status)


def language_of(request: Request, default: Language) -> Language:
    """The language the page asked for, else the run's."""
    asked = request.headers.get(LANGUAGE_HEADER)
    if asked == "zh":
        return "zh"
    return "en" if asked == "en" else default


def read_body(request: Request, kind: type[T]) -> T:
    """The request's JSON as a `kind`.

    Raises:
        MessageInvalid: it is not JSON, or a field is missing or of the wrong type.
        MessageTooLarge: it is over MAX_BODY_BYTES.
    """
    if request.mimetype != JSON_TYPE:
        raise errors.MessageInvalid(reason=f"the content type must be {JSON_TYPE}")
    size = request.content_length
    if size is None:
        raise errors.MessageInvalid(reason="the length is missing")
    if size > MAX_BODY_BYTES:
        raise errors.MessageTooLarge(size_bytes=size, limit_bytes=MAX_BODY_BYTES)
    try:
        return msgspec.json.decode(request.stream.read(size), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise errors.MessageInvalid(reason=str(cause)) from cause


def read_arguments(request: Request, kind: type[T]) -> T:
    """The query string as a `kind`; numbers and booleans are read from their words.

    Raises:
        MessageInvalid: a value is of the wrong type or out of its bounds.
    """
    try:
        return msgspec.convert(request.args.to_dict(), kind, strict=False)
    except msgspec.ValidationError as cause:
        raise errors.MessageInvalid(reason=str(cause)) from cause
