from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from tests.memory import linux, peak_growth_kb

from linkshot.errors import BlobMissing, UploadInvalid
from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.records import BlobSource
from linkshot.store.staging import MAX_DEPTH, MAX_ROW_BYTES, Staging, insert_staged

from .pages import keep, sha256_of

BIG = MAX_ROW_BYTES * 3


def source(data: bytes, media_type: str = "text/html", **more: object) -> BlobSource:
    return BlobSource(sha256=sha256_of(data), media_type=media_type, data=data, **more)  # type: ignore[arg-type]


def store(library: Library, *sources: BlobSource) -> int:
    staged = Staging(library.blobs, sources).stage()
    with library.transaction():
        return insert_staged(library.blobs, staged)


def files(library: Library) -> list[str]:
    folder = library.blobs.folder
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def page_version(number: int) -> bytes:
    """One of many versions of a page that hardly changes."""
    words = random.Random(7)
    lines = [f"<p>{words.getrandbits(400):x}" for _ in range(1_000)]
    lines[number * 7 % 1_000] = f"<p>changed in version {number}"
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "data", [b"", b"x", b"text " * 50_000, noise(1, 1_000), noise(2, BIG)], ids=len
)
@pytest.mark.parametrize("media_type", ["text/html", "image/png"])
def test_bytes_come_back(library: Library, data: bytes, media_type: str) -> None:
    store(library, source(data, media_type))
    assert library.blobs.read(sha256_of(data)) == data
    assert library.blobs.size(sha256_of(data)) == len(data)
    assert verify(library) == []


@pytest.mark.parametrize("size", [0, 10, MAX_ROW_BYTES + 1, 3_000_000])
@pytest.mark.parametrize("media_type", ["text/css", "video/mp4"])
def test_file_comes_back_and_stays(
    library: Library, tmp_path: Path, size: int, media_type: str
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(noise(3, size // 2) + b"a" * (size - size // 2))
    data = path.read_bytes()
    store(library, BlobSource(sha256=sha256_of(data), media_type=media_type, data=path))
    with library.blobs.open(sha256_of(data)) as stream:
        assert stream.read() == data
    assert path.read_bytes() == data
    assert verify(library) == []


def test_same_bytes_are_stored_once(library: Library) -> None:
    assert store(library, source(b"abc"), source(b"abc")) == 3
    assert store(library, source(b"abc")) == 0
    assert library.blobs.known([sha256_of(b"abc"), sha256_of(b"d")]) == {sha256_of(b"abc")}


def test_wrong_hash_stores_nothing(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(noise(4, BIG))
    for data in (b"abc", path):
        for media_type in ("text/css", "image/png"):
            wrong = BlobSource(sha256="0" * 64, media_type=media_type, data=data)
            with pytest.raises(UploadInvalid):
                store(library, wrong)
    assert files(library) == []


def test_unknown_blob_is_missing(library: Library) -> None:
    with pytest.raises(BlobMissing):
        library.blobs.read("0" * 64)


def test_hundred_versions_cost_little_more_than_one(library: Library) -> None:
    saved = [keep(library, html=page_version(number)) for number in range(100)]
    stored = [one.receipt.bytes.stored for one in saved]
    assert sum(stored) < 2 * stored[0]
    assert library.database.value("SELECT max(depth) FROM blob") <= MAX_DEPTH
    assert all(
        library.blobs.read(sha256_of(page_version(number))) == page_version(number)
        for number in range(0, 100, 9)
    )


def test_sheet_is_stored_against_one_of_its_batch(library: Library) -> None:
    served, rewritten = noise(5, 60_000), noise(5, 60_000) + b"more"
    base = sha256_of(served)
    stored = store(library, source(rewritten, base_sha256=base), source(served))
    assert stored < 61_000
    assert library.blobs.read(sha256_of(rewritten)) == rewritten


def test_bases_in_a_circle_are_stored(library: Library) -> None:
    first, second = noise(6, 5_000), noise(6, 5_001)
    store(
        library,
        source(first, base_sha256=sha256_of(second)),
        source(second, base_sha256=sha256_of(first)),
    )
    assert library.blobs.read(sha256_of(first)) == first
    assert library.blobs.read(sha256_of(second)) == second


def test_base_that_is_not_there_is_done_without(library: Library) -> None:
    store(library, source(b"abc" * 100, base_sha256="0" * 64))
    assert library.blobs.read(sha256_of(b"abc" * 100)) == b"abc" * 100


def test_lost_file_is_found_by_verify(library: Library) -> None:
    data = noise(8, BIG)
    store(library, source(data, "image/png"))
    (name,) = files(library)
    (library.blobs.folder / name[:2] / name).unlink()
    assert [problem.code for problem in verify(library)] == ["blob_missing"]


def test_changed_file_is_found_by_verify(library: Library) -> None:
    store(library, source(noise(8, BIG), "image/png"), source(b"text" * BIG + noise(9, BIG)))
    for name in files(library):
        with (library.blobs.folder / name[:2] / name).open("r+b") as stream:
            stream.seek(-9, os.SEEK_END)
            stream.write(b"x")
    assert [problem.code for problem in verify(library)] == ["blob_damaged", "blob_damaged"]


def test_orphan_file_goes_with_repair_when_old(library: Library) -> None:
    store(library, source(noise(8, BIG), "image/png"))
    folder = library.blobs.folder / "aa"
    folder.mkdir(exist_ok=True)
    (folder / ("aa" * 32)).write_bytes(b"left by a killed process")
    assert verify(library) == []
    (problem,) = verify(library, repair=True, orphan_seconds=0)
    assert (problem.code, problem.repairable) == ("orphan_file", True)
    assert verify(library, orphan_seconds=0) == []
    assert len(files(library)) == 1


def test_lost_blob_is_healed_when_it_comes_again(library: Library) -> None:
    data = noise(8, BIG)
    store(library, source(data, "image/png"))
    (name,) = files(library)
    (library.blobs.folder / name[:2] / name).unlink()
    verify(library, repair=True)
    assert library.blobs.known([sha256_of(data)]) == set()
    store(library, source(data, "image/png"))
    assert verify(library) == []


_BEGIN_STORE = """
from pathlib import Path
from linkshot.store.library import Library
from linkshot.store.records import BlobSource
from linkshot.store.staging import Staging
library = Library.open(Path(sys.argv[1]))
source = BlobSource(sha256=sys.argv[3], media_type=sys.argv[4], data=Path(sys.argv[2]))
"""


@linux
@pytest.mark.parametrize("media_type", ["video/mp4", "text/html"])
def test_large_file_needs_little_memory(tmp_path: Path, media_type: str) -> None:
    path = tmp_path / "upload"
    data = noise(10, 4_000_000) * 6
    path.write_bytes(data)
    given = (tmp_path / "library", path, sha256_of(data), media_type)
    store_it = "Staging(library.blobs, [source]).stage()"
    assert peak_growth_kb(_BEGIN_STORE, store_it, *given) < 12_000
