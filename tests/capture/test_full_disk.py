"""A disk that fills up, at whatever step it does, is said to be full, and nothing half is kept."""

import os
import subprocess

import pytest

from linkshot.capture.assemble import assemble
from linkshot.capture.file import capture_file
from linkshot.capture.http import capture_with_http
from linkshot.capture.reading import read_pending
from linkshot.errors import DiskFull
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links

BLOCK = 4096
PNG = b"\x89PNG\r\n\x1a\n"
TEXT = "".join(f"<p>第{n}条 关于集成电路产业的若干政策，自发布之日起施行。" for n in range(900))


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]
    if os.name == "nt" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this machine lets no small disk be mounted")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def capture_of_page(folder, number):
    """A page whose bytes go to rows, to a file and to the index."""
    (folder / "row.png").write_bytes(PNG + os.urandom(40_000))
    (folder / "file.png").write_bytes(PNG + os.urandom(150_000))
    page = folder / "p.html"
    page.write_text(f"<title>{number}</title><img src=row.png><img src=file.png>{number}{TEXT}")
    capture = capture_file(page.as_uri())
    capture.plan.page_url = f"https://example.org/{number}"
    return capture


def fill(disk, left_bytes):
    """Leave so much room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        for _ in range(os.statvfs(disk).f_bavail - left_bytes // BLOCK):
            stream.write(bytes(BLOCK))
    return filler


def outcome(act, *arguments):
    try:
        act(*arguments)
    except DiskFull:
        return "full"
    return "kept"


def test_disk_that_fills_up_at_any_step_is_full(small_disk, tmp_path):
    outcomes = []
    with Library.open(small_disk / "library") as library:
        for left_kb in [*range(0, 120, 8), *range(120, 900, 60)]:
            capture = capture_of_page(tmp_path, left_kb)
            filler = fill(small_disk, left_kb * 1024)
            before = count_links(library)
            ended = outcome(assemble, capture.plan, capture.sources, library)
            outcomes += [ended, outcome(read_pending, library)]
            filler.unlink()
            assert count_links(library) == before + (ended == "kept")
        assert set(outcomes) == {"full", "kept"}
        assert verify(library) == []


def test_full_disk_of_temporary_files_is_full(small_disk, site, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    site.put("/large.png", PNG + bytes(20_000_000), media_type="image/png")
    with pytest.raises(DiskFull):
        capture_with_http(site.put("/", "<img src=large.png>"))
    assert list(small_disk.iterdir()) == []
