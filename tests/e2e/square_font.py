"""A font whose every letter is a square that fills its line, made here so that no font file is kept.

The tables are those of https://learn.microsoft.com/typography/opentype/spec/otff that browsers ask for.
"""

from __future__ import annotations

import struct

_EM = 1000
_LETTERS = [(0x20, 0x7E), (0x4E00, 0x4EFF), (0x5000, 0x50FF), (0x6000, 0x60FF)]


def square_font(revision: int = 0) -> bytes:
    """A TrueType file with one glyph for all of `_LETTERS`: a square from the baseline up.

    Each `revision` is a file of its own.
    """
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": _square(),
        b"head": _head(revision),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, _EM, 0, 0, _EM, *[0] * 3, 1, *[0] * 7, 1
        ),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">3I", 0, 0, len(_square())),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, *[0] * 11),
        b"name": struct.pack(">3H", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    offset = 12 + 16 * len(tables)
    directory, body = [], []
    for tag, data in sorted(tables.items()):
        padded = data.ljust(-(-len(data) // 4) * 4, b"\0")
        directory.append(struct.pack(">4sIII", tag, _checksum(padded), offset, len(data)))
        body.append(padded)
        offset += len(padded)
    power = len(tables).bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", 0x10000, len(tables), search, power, 16 * len(tables) - search)
    return head + b"".join(directory) + b"".join(body)


def _checksum(padded: bytes) -> int:
    return sum(int(word) for word in struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _head(revision: int) -> bytes:
    times_and_box = (0, 0, 0, 0, _EM, _EM)
    return struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        0x10000,
        revision,
        0,
        0x5F0F3CF5,
        0,
        _EM,
        *times_and_box,
        0,
        8,
        2,
        1,
        0,
    )


def _square() -> bytes:
    """One contour of four points, each given as a pair of words."""
    head = struct.pack(">hhhhh", 1, 0, 0, _EM, _EM)
    steps_x, steps_y = (0, 0, _EM, 0), (0, _EM, 0, -_EM)
    return head + struct.pack(">HH4B4h4h", 3, 0, 1, 1, 1, 1, *steps_x, *steps_y)


def _cmap() -> bytes:
    """Format 4, in which all letters of a range cannot share a glyph but by an index each."""
    segments = [*_LETTERS, (0xFFFF, 0xFFFF)]
    count = len(segments)
    glyphs: list[int] = []
    offsets: list[int] = []
    for index, (first, last) in enumerate(segments):
        is_last = first == 0xFFFF
        offsets.append(0 if is_last else 2 * (count - index + len(glyphs)))
        glyphs += [] if is_last else [1] * (last - first + 1)
    words = [
        *(2 * count, 8, 2, 2 * count - 8),
        *(last for _, last in segments),
        *(0, *(first for first, _ in segments)),
        *(0 for _ in _LETTERS),
        *(1, *offsets, *glyphs),
    ]
    table = struct.pack(f">{len(words)}H", *words)
    head = struct.pack(">HHHHIHHH", 0, 1, 3, 1, 12, 4, 6 + len(table), 0)
    return head + table


def _os2() -> bytes:
    """Version 4, all of the rest at naught but weight, width and the line's height."""
    fields = [4, _EM, 400, 5, 0, *[0] * 11]
    head = struct.pack(">HhHHHhhhhhhhhhhh", *fields)
    rest = struct.pack(
        ">10s4I4sHHHhhhHHIIhhHHH",
        *(b"", 0, 0, 0, 0, b"    ", 0x40, 0x20, 0x60FF, _EM, 0, 0, _EM, 0, 0, 0, 0, 0, 0, 0x20, 1),
    )
    return head + rest
