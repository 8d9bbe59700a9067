"""Names for files that leave the library."""

from __future__ import annotations

import re

from linkshot.store.records import SnapshotRecord

# What Windows does not take in a file's name, and what any system would rather not see: controls, and
# the marks that turn the direction of writing, by which `fdp.exe` shows as `exe.pdf`.
UNFIT = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+'
)
MAX_CHARACTERS = 80


def file_name(record: SnapshotRecord, extension: str) -> str:
    """Day, title, extension: versions of a page sort by their day."""
    title = UNFIT.sub(" ", record.title).strip(" .")[:MAX_CHARACTERS].strip(" .")
    title = title.removesuffix(f".{extension}")
    return f"{record.captured_at:%Y-%m-%d} {title or record.snapshot_id}.{extension}"
