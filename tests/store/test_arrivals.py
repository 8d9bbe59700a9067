"""Files that come whole before their save: packed and durable beforehand, checked when in doubt."""

import hashlib
from pathlib import Path

import pytest

from linkshot.errors import UploadInvalid
from linkshot.store.library import Library
from linkshot.store.records import BlobSource
from linkshot.store.staging import Staging

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


def test_forgotten_file_leaves_nothing_packed(library, arrived):
    source = arrived(TEXT, "text/plain")
    library.blobs.arrivals.find(source.data, source.sha256)
    library.blobs.arrivals.forget(source.data)
    assert list(library.blobs.folder.glob("tmp/*")) == []
