"""Captures on their way in: resumed, checked, taken over, dropped."""

import hashlib
import time
from pathlib import Path

import msgspec
import pytest

from linkshot.capture.plan import CapturePlan
from linkshot.errors import MessageInvalid, UploadInvalid, UploadUnknown
from linkshot.native.uploads import SMALL_BYTES, STALE_SECONDS, Uploads, stale_folders

ID = "0" * 32
SMALL = b"<p>small"
LARGE = bytes(range(256)) * (SMALL_BYTES // 256 + 4)


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def plan_of(document: bytes, *resources: bytes, **changes: object) -> CapturePlan:
    def planned(data: bytes) -> dict[str, object]:
        return {"url": "https://a/", "sha256": name_of(data), "size": len(data), **changes}

    fields = {
        "capture_id": ID,
        "page_url": "https://a/",
        "title": "",
        "captured_at": "2026-05-08T10:00:00Z",
        "via": "tab",
        "documents": [{"frame": "", "base_url": "https://a/", **planned(document)}],
        "resources": [{"media_type": "image/png", **planned(data)} for data in resources],
    }
    return msgspec.convert(fields, CapturePlan)


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path)


def test_plan_asks_for_each_hash_once(uploads):
    need = uploads.begin(plan_of(SMALL, LARGE, LARGE, SMALL, b"other"), known=())
    assert need == [(0, 0), (1, 0), (4, 0)]


def test_known_resource_is_not_asked_for_but_a_known_document_is(uploads):
    known = {name_of(SMALL), name_of(LARGE)}
    assert uploads.begin(plan_of(SMALL, LARGE), known) == [(0, 0)]


def test_empty_blob_needs_no_bytes(uploads):
    assert uploads.begin(plan_of(SMALL, b""), known=()) == [(0, 0)]


def test_empty_blob_of_another_hash_is_refused(uploads):
    with pytest.raises(UploadInvalid):
        uploads.begin(plan_of(SMALL, size=0), known=())


def test_two_sizes_for_one_hash_are_refused(uploads):
    plan = plan_of(SMALL, LARGE)
    plan.resources.append(msgspec.structs.replace(plan.resources[0], size=1))
    with pytest.raises(MessageInvalid):
        uploads.begin(plan, known=())


def test_small_blob_waits_in_memory_and_large_one_in_a_file(uploads):
    uploads.begin(plan_of(SMALL, LARGE), known=())
    for data in (SMALL, LARGE):
        assert uploads.write(ID, name_of(data), 0, data) == len(data)
    small, large = uploads.find(ID).sources().values()
    assert small == SMALL
    assert isinstance(large, Path)
    assert large.read_bytes() == LARGE


def test_small_blobs_beyond_the_memory_bound_become_files(uploads):
    blobs = [n.to_bytes(4) * (SMALL_BYTES // 4) for n in range(257)]
    uploads.begin(plan_of(SMALL, *blobs), known=())
    in_files = [blob.path for blob in uploads.find(ID).blobs.values() if blob.path]
    assert len(in_files) == 2


def test_upload_begun_again_goes_on_where_it_stopped(uploads):
    uploads.begin(plan_of(LARGE, SMALL), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:100])
    uploads.write(ID, name_of(SMALL), 0, SMALL)
    assert uploads.begin(plan_of(LARGE, SMALL), known=()) == [(0, 100)]


def test_next_host_goes_on_with_the_file(uploads, tmp_path):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:1000])
    successor = Uploads(tmp_path)
    assert successor.begin(plan_of(LARGE), known=()) == [(0, 1000)]
    assert successor.write(ID, name_of(LARGE), 1000, LARGE[1000:]) == len(LARGE)
    assert successor.find(ID).sources()[name_of(LARGE)].read_bytes() == LARGE


def test_next_host_takes_a_whole_file_as_it_is(uploads, tmp_path):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE)
    assert Uploads(tmp_path).begin(plan_of(LARGE), known=()) == []


@pytest.mark.parametrize("left", [LARGE[:-1] + b"?", LARGE + b"more"])
def test_wrong_file_left_behind_is_sent_again(tmp_path, left):
    path = tmp_path / "incoming" / ID / f"{name_of(LARGE)}.0a0b0c0d"
    path.parent.mkdir(parents=True)
    path.write_bytes(left)
    uploads = Uploads(tmp_path)
    assert uploads.begin(plan_of(LARGE), known=()) == [(0, 0)]
    assert uploads.write(ID, name_of(LARGE), 0, LARGE) == len(LARGE)


def test_host_whose_file_was_taken_over_is_told(uploads, tmp_path):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:1000])
    successor = Uploads(tmp_path)
    successor.begin(plan_of(LARGE), known=())
    with pytest.raises(UploadInvalid):
        uploads.write(ID, name_of(LARGE), 1000, LARGE[1000:])
    assert successor.write(ID, name_of(LARGE), 1000, LARGE[1000:]) == len(LARGE)


@pytest.mark.parametrize("data", [SMALL, LARGE])
def test_wrong_bytes_are_dropped_and_sent_again_from_0(uploads, data):
    uploads.begin(plan_of(data), known=())
    with pytest.raises(UploadInvalid):
        uploads.write(ID, name_of(data), 0, b"?" * len(data))
    assert uploads.write(ID, name_of(data), 0, data) == len(data)


def test_too_many_bytes_are_dropped(uploads):
    uploads.begin(plan_of(SMALL), known=())
    with pytest.raises(UploadInvalid):
        uploads.write(ID, name_of(SMALL), 0, SMALL + b"!")
    assert uploads.find(ID).blobs[name_of(SMALL)].received == 0


def test_gap_is_refused_and_keeps_what_came(uploads):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:100])
    with pytest.raises(UploadInvalid):
        uploads.write(ID, name_of(LARGE), 101, LARGE[101:])
    assert uploads.write(ID, name_of(LARGE), 100, LARGE[100:]) == len(LARGE)


def test_offset_0_begins_a_blob_again(uploads):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, b"?" * 1000)
    assert uploads.write(ID, name_of(LARGE), 0, LARGE) == len(LARGE)


def test_whole_blob_sent_twice_is_answered_with_its_size(uploads):
    uploads.begin(plan_of(SMALL), known=())
    uploads.write(ID, name_of(SMALL), 0, SMALL)
    assert uploads.write(ID, name_of(SMALL), 0, SMALL) == len(SMALL)


def test_blob_that_no_plan_announces_is_refused(uploads):
    uploads.begin(plan_of(SMALL), known=())
    with pytest.raises(UploadInvalid):
        uploads.write(ID, name_of(LARGE), 0, LARGE)


def test_capture_that_was_not_begun_is_unknown(uploads):
    with pytest.raises(UploadUnknown):
        uploads.write(ID, name_of(SMALL), 0, SMALL)


def test_sources_of_an_unfinished_upload_are_refused(uploads):
    uploads.begin(plan_of(SMALL), known=())
    with pytest.raises(UploadInvalid):
        uploads.find(ID).sources()


def test_dropped_capture_leaves_nothing(uploads, tmp_path):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:1000])
    uploads.drop(ID)
    assert list((tmp_path / "incoming").iterdir()) == []


def test_only_uploads_untouched_for_a_week_are_stale(uploads, tmp_path):
    uploads.begin(plan_of(LARGE), known=())
    uploads.write(ID, name_of(LARGE), 0, LARGE[:1000])
    now = time.time()
    assert stale_folders(tmp_path, now + STALE_SECONDS - 60) == []
    assert stale_folders(tmp_path, now + STALE_SECONDS + 60) == [tmp_path / "incoming" / ID]
