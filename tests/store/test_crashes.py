from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkshot.errors import DiskFull
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.search import search
from linkshot.store.snapshots import find_saved

from .pages import keep

# Keeps pages, large blobs among them, and says each one that is saved.
_WRITER = """
import sys, uuid, hashlib, random, datetime as dt
from pathlib import Path
from linkshot.page.reading import Reading
from linkshot.store.library import Library
from linkshot.store.readings import save_reading
from linkshot.store.records import BlobSource, NewSnapshot, Receipt, ResourceRecord
from linkshot.store.snapshots import save_snapshot

def one(url, data, media_type, name):
    sha256 = hashlib.sha256(data).hexdigest()
    record = ResourceRecord(
        name=f"{sha256}.{name}", url=url, sha256=sha256, media_type=media_type, size=len(data))
    return record, BlobSource(sha256=sha256, media_type=media_type, data=data)

with Library.open(Path(sys.argv[1])) as library:
    for number in range(int(sys.argv[2])):
        capture_id = uuid.uuid4().hex
        url = f"https://example.org/{capture_id}"
        parts = [one(url, f"<p>{url}".encode(), "text/html", "html"),
                 one(url, random.randbytes(200_000), "image/png", "png")]
        saved = save_snapshot(library, NewSnapshot(
            capture_id=capture_id, url=url, page_url=url, title="页面", digest=capture_id,
            captured_at=dt.datetime.now(dt.UTC), via="tab", document=parts[0][0].name,
            resources=[record for record, _ in parts], receipt=Receipt(), tags=["同/时"],
            blobs=[source for _, source in parts]))
        save_reading(library, saved.snapshot_id, Reading(text=f"乡村振兴 {number}"))
        print(capture_id, flush=True)
"""


def start_writer(root: Path, pages: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, root, str(pages)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("pause", [0.05, 0.4])
def test_killed_writer_loses_nothing_acknowledged(tmp_path: Path, pause: float) -> None:
    writer = start_writer(tmp_path, 10_000)
    assert writer.stdout is not None
    saved = [writer.stdout.readline().strip() for _ in range(3)]
    time.sleep(pause)
    writer.kill()
    saved += writer.stdout.read().split()
    writer.wait()
    with Library.open(tmp_path) as library:
        assert all(find_saved(library, capture_id) for capture_id in saved if len(capture_id) == 32)
        assert verify(library) == []
        assert search(library, "乡村").total >= len(saved) - 1


# Opens each library that is named to it, and says so.
_OPENER = """
import sys
from pathlib import Path
from linkshot.store.library import Library

for line in sys.stdin:
    Library.open(Path(line.strip())).close()
    print("open", flush=True)
"""


def test_four_processes_make_a_library_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OPENER]
    openers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for number in range(30):
        for opener in openers:
            assert opener.stdin is not None
            opener.stdin.write(f"{tmp_path / str(number)}\n")
            opener.stdin.flush()
        for opener in openers:
            assert opener.stdout is not None
            assert (number, opener.stdout.readline()) == (number, "open\n")
    for opener in openers:
        opener.communicate()


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path, 8) for _ in range(2)]
    assert [writer.communicate(timeout=120)[0].count("\n") for writer in writers] == [8, 8]
    with Library.open(tmp_path) as library:
        assert count_links(library, tag="同") == 16
        assert verify(library) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder]
    if os.name == "nt" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this machine lets no small disk be mounted")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("size", [100_000, 400_000])
def test_full_disk_is_named_and_leaves_whole_pages(small_disk: Path, size: int) -> None:
    kept = 0
    with Library.open(small_disk / "library") as library:
        with pytest.raises(DiskFull):
            for number in range(200):
                keep(library, f"https://example.org/{number}", html=os.urandom(size))
                kept += 1
        assert count_links(library) == kept > 0
        assert verify(library) == []
