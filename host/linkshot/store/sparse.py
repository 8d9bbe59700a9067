"""Records as JSON that leaves out what is as by default: most of a receipt or a reading is.

Whoever decodes it gets the defaults again. Everything falsy is left out, so a record whose default is
anything else than 0, "", [] or null cannot be kept this way.
"""

from __future__ import annotations

import msgspec


def sparse_json(record: msgspec.Struct) -> bytes:
    """The record's JSON, as short as it decodes to the same."""
    return msgspec.json.encode(_told(msgspec.to_builtins(record)))


def _told(value: object) -> object:
    """What is not as by default, in a record and those inside it; lists are kept as they are."""
    if not isinstance(value, dict):
        return value
    told = {name: _told(part) for name, part in value.items()}
    return {name: part for name, part in told.items() if part}
