"""Files that come whole before their save: packed and durable beforehand, checked when in doubt."""

import hashlib
from pathlib import Path

import pytest

from linkshot.errors import BlobMissing, UploadInvalid
from linkshot.store.library import Library
from linkshot.store.records import BlobSource
from linkshot.store.snapshots import save_snapshot
from linkshot.store.staging import Staging, insert_staged

from .pages import new_snapshot

PICTURE = b"".join(hashlib.sha256(n.to_bytes(4)).digest() for n in range(10_000))
TEXT = b"".join(hashlib.sha256(n.to_bytes(4)).hexdigest().encode() for n in range(10_000))


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def arrived(tmp_path: Path, library: Library):
    """Put bytes into a file and vouch for them, under their own hash or another."""

    def arrive(data: bytes, media_type: str, sha256: str = "") -> BlobSource:
        path = tmp_path / name_of(data)
        path.write_bytes(data)
        library.blobs.arrivals.add(path, sha256 or name_of(data), media_type)
        return BlobSource(sha256=sha256 or name_of(data), media_type=media_type, data=path)

    return arrive


@pytest.mark.parametrize(
    ("data", "media_type", "coding"),
    [(PICTURE, "image/png", "plain"), (TEXT, "text/plain", "zstd"), (PICTURE, "x/y", "plain")],
)
def test_arrived_file_is_stored_as_one_that_was_not_announced(
    library, arrived, data, media_type, coding
):
    source = arrived(data, media_type)
    (staged,) = Staging(library.blobs, [source]).stage()
    assert (staged.sha256, staged.size, staged.coding) == (name_of(data), len(data), coding)
    assert [path.name for path in library.blobs.folder.glob("tmp/*")] == []


def test_arrived_file_is_not_hashed_again(library, arrived):
    source = arrived(PICTURE, "image/png", sha256="0" * 64)
    (staged,) = Staging(library.blobs, [source]).stage()
    assert staged.sha256 == "0" * 64


def test_file_changed_after_its_arrival_is_hashed(library, arrived):
    source = arrived(PICTURE, "image/png")
    source.data.write_bytes(PICTURE + b"!")
    with pytest.raises(UploadInvalid):
        Staging(library.blobs, [source]).stage()


def test_save_can_be_tried_again_after_the_packed_file_was_used(library, arrived):
    source = arrived(TEXT, "text/plain")
    first = Staging(library.blobs, [source]).stage()
    assert Staging(library.blobs, [source]).stage() == first


def test_arrived_file_stands_in_its_place_before_the_save(library, arrived):
    source = arrived(PICTURE, "image/png")
    arrival = library.blobs.arrivals.find(source.data, source.sha256)
    assert arrival.path == library.blobs.folder / source.sha256[:2] / source.sha256
    assert arrival.path.read_bytes() == PICTURE


def test_file_of_the_same_name_that_is_not_whole_is_replaced(library, arrived):
    place = library.blobs.folder / name_of(PICTURE)[:2] / name_of(PICTURE)
    place.parent.mkdir(parents=True)
    place.write_bytes(PICTURE[:1000])
    source = arrived(PICTURE, "image/png")
    assert library.blobs.arrivals.find(source.data, source.sha256).path.read_bytes() == PICTURE


def test_file_swept_before_the_save_is_stored_again(library, arrived):
    source = arrived(PICTURE, "image/png")
    library.blobs.arrivals.find(source.data, source.sha256)
    library.blobs.sweep([source.sha256])
    save_snapshot(library, new_snapshot(blobs=[*new_snapshot().blobs, source]))
    assert library.blobs.read(source.sha256) == PICTURE


def test_file_swept_within_the_save_keeps_nothing(library, arrived):
    source = arrived(PICTURE, "image/png")
    staged = Staging(library.blobs, [source]).stage()
    library.blobs.sweep([source.sha256])
    with pytest.raises(BlobMissing), library.transaction():
        insert_staged(library.blobs, staged)
    assert library.blobs.known([source.sha256]) == set()


def test_sweep_leaves_what_a_row_names(library, arrived):
    source = arrived(PICTURE, "image/png")
    save_snapshot(library, new_snapshot(blobs=[*new_snapshot().blobs, source]))
    library.blobs.sweep([source.sha256])
    assert library.blobs.read(source.sha256) == PICTURE


def test_forgotten_file_leaves_nothing_packed(library, arrived):
    source = arrived(TEXT, "text/plain")
    library.blobs.arrivals.find(source.data, source.sha256)
    library.blobs.arrivals.forget(source.data)
    assert list(library.blobs.folder.glob("tmp/*")) == []
