"""`hello`: who speaks, in which protocol and language.

The first `hello` is answered by `greet` from the standard library alone, before msgspec and the
library's modules are loaded: they take four times as long as Python's own start.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from linkshot import __version__
from linkshot.errors import Language, ProtocolMismatch
from linkshot.errors.reasons import EXTENSION_OLDER, HOST_OLDER

if TYPE_CHECKING:
    from linkshot.native.messages import Hello
    from linkshot.native.session import Session

PROTOCOL = 1


class Greeting(NamedTuple):
    """The reply to the first message, and the language it asked for."""

    reply: bytes
    language: Language


def answer(session: Session, request: Hello) -> dict[str, object]:
    """Take the language over; answer this side's versions and the library's path.

    Raises:
        ProtocolMismatch: the extension speaks another protocol.
    """
    session.language = language_of(request.language)
    return host_facts(request.protocol, session.library_dir)


def greet(body: bytes, library_dir: Path) -> Greeting | None:
    """Answer a plain first `hello`; None for anything else, which the router then takes."""
    try:
        hello = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not _is_plain_hello(hello):
        return None
    language = language_of(hello["language"])
    facts = host_facts(PROTOCOL, library_dir)
    return Greeting(json.dumps({"id": hello["id"], "ok": True, **facts}).encode(), language)


def host_facts(protocol: int, library_dir: Path) -> dict[str, object]:
    """What the host says of itself.

    Raises:
        ProtocolMismatch: the extension speaks another protocol.
    """
    if protocol != PROTOCOL:
        is_ours = protocol > PROTOCOL
        raise ProtocolMismatch(
            extension_protocol=protocol,
            host_protocol=PROTOCOL,
            older="host" if is_ours else "extension",
            cure=HOST_OLDER if is_ours else EXTENSION_OLDER,
        )
    return {"protocol": PROTOCOL, "host_version": __version__, "library": str(library_dir)}


def language_of(tag: str) -> Language:
    """`zh` for every kind of Chinese, else `en`."""
    return "zh" if tag.lower().startswith("zh") else "en"


def _is_plain_hello(hello: object) -> bool:
    return (
        isinstance(hello, dict)
        and hello.get("action") == "hello"
        and type(hello.get("id")) is int
        and 1 <= hello["id"] < 2**53
        and hello.get("protocol") == PROTOCOL
        and all(type(hello.get(key)) is str for key in ("extension_version", "browser", "language"))
    )
