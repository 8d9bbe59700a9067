"""`saved` as it goes over the wire: a receipt may list more than one message carries."""

from __future__ import annotations

import msgspec

from linkshot.store.records import Missing, SavedSnapshot

# Well under framing.MAX_REPLY_BYTES, as JSON may write one character in six bytes.
MISSING_CHARACTERS = 64 * 1024


def saved_fields(saved: SavedSnapshot) -> SavedSnapshot:
    """Return `saved` with as many missing resources as a message has room for, the first ones.

    The library keeps the whole receipt.
    """
    missing = _first(saved.receipt.missing)
    if len(missing) == len(saved.receipt.missing):
        return saved
    receipt = msgspec.structs.replace(saved.receipt, missing=missing)
    return msgspec.structs.replace(saved, receipt=receipt)


def _first(missing: list[Missing]) -> list[Missing]:
    room = MISSING_CHARACTERS
    for count, entry in enumerate(missing):
        room -= len(entry.url) + len(entry.reason) + 32
        if room < 0:
            return missing[:count]
    return missing
