"""What a page says, as rows: the fields as JSON, text and clean HTML compressed.

Search reads the text alone, so that stands by itself. The clean HTML is the same text with its elements:
stored against it, it takes a tenth. Earlier libraries have it stored by itself, which unpacks the same way.
"""

from __future__ import annotations

import threading

import msgspec
import zstandard

from linkshot.page.reading import Policy, Reading
from linkshot.store.database import Database
from linkshot.store.packing import compress, unpack
from linkshot.store.sparse import sparse_json

# Level 6 takes more than twice the time of level 3 for two hundredths of the size.
_LEVEL = 3


class _Codecs(threading.local):
    """A thread's compressor and decompressor, made once: they may not be shared, and making one costs."""

    def __init__(self) -> None:
        self.packer = zstandard.ZstdCompressor(level=_LEVEL)
        self.unpacker = zstandard.ZstdDecompressor()


_CODECS = _Codecs()


def write_reading(database: Database, tree_id: int, reading: Reading) -> None:
    """Replace the tree's reading."""
    fields = msgspec.structs.replace(reading, text="", html="")
    text, html = _encoded(reading.text), _encoded(reading.html)
    database.run(
        """
        INSERT INTO reading (tree_id, fields, text, html)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (tree_id) DO UPDATE
        SET fields = excluded.fields, text = excluded.text, html = excluded.html
        """,
        (tree_id, sparse_json(fields), _CODECS.packer.compress(text), compress(html, text)),
    )


def write_policy(database: Database, link_id: int, policy: Policy | None) -> None:
    """Replace what the link's policy card says, for search."""
    database.run("DELETE FROM policy WHERE link_id = ?", (link_id,))
    if policy is not None:
        database.run(
            "INSERT INTO policy (link_id, topic, validity, written, issued) VALUES (?, ?, ?, ?, ?)",
            (link_id, policy.topic, policy.validity, policy.written[:10], policy.issued[:10]),
        )


def shown_tree(database: Database, link_id: int) -> int | None:
    """The tree whose reading stands for the link: of its newest version that was read."""
    found: int | None = database.value(
        """
        SELECT snapshot.tree_id
        FROM snapshot
        JOIN tree ON tree.id = snapshot.tree_id
        WHERE snapshot.link_id = ? AND tree.reading_state = 'read'
        ORDER BY snapshot.captured_at DESC, snapshot.id DESC
        LIMIT 1
        """,
        (link_id,),
    )
    return found


def read_fields(database: Database, tree_id: int) -> Reading | None:
    """The reading without text and HTML, or None."""
    fields = database.value("SELECT fields FROM reading WHERE tree_id = ?", (tree_id,))
    return None if fields is None else msgspec.json.decode(fields, type=Reading)


def read_text(database: Database, tree_id: int) -> str:
    """The text; "" where there is no reading."""
    packed = database.value("SELECT text FROM reading WHERE tree_id = ?", (tree_id,))
    return "" if packed is None else unpacked_text(packed)


def read_whole(database: Database, tree_id: int) -> Reading | None:
    """The whole reading, or None."""
    row = database.row("SELECT fields, text, html FROM reading WHERE tree_id = ?", (tree_id,))
    if row is None:
        return None
    fields = msgspec.json.decode(row[0], type=Reading)
    text = unpacked_text(row[1])
    html = unpack(row[2], "zstd", _encoded(text)).decode("utf-8", "surrogatepass")
    return msgspec.structs.replace(fields, text=text, html=html)


def unpacked_text(packed: bytes) -> str:
    """Text of a compressed column."""
    return _CODECS.unpacker.decompress(packed).decode("utf-8", "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
