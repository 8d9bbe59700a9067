"""Captures over the wire: kept once and whole, whatever happens in between."""

import hashlib
import os
import random
import subprocess
import time
from pathlib import Path

import pytest

from linkshot.store.health import verify
from linkshot.store.library import Library
from linkshot.store.links import count_links
from linkshot.store.snapshots import list_resources, list_snapshots

pytestmark = pytest.mark.usefixtures("made")
HELLO = {"protocol": 1, "extension_version": "0.1.0", "browser": "Chromium 156", "language": "en"}
# Incompressible, so that it is kept as it came; three chunks and a bit.
PICTURE = random.Random(1).randbytes(3_520_000)


def kept_bytes(library_dir: Path, link_id: int) -> list[list[bytes]]:
    """The pictures of each snapshot of a link."""
    with Library.open(library_dir, create=False) as library:
        return [
            [
                library.blobs.read(resource.sha256)
                for resource in list_resources(library, snapshot.snapshot_id)
                if resource.media_type == "image/png"
            ]
            for snapshot in list_snapshots(library, link_id)
        ]


def problems(library_dir: Path) -> list[object]:
    with Library.open(library_dir, create=False) as library:
        return list(verify(library))


def test_capture_is_kept_with_its_bytes_and_tags(host, make_page, library_dir):
    saved = make_page("kept", PICTURE).send(host)["saved"]
    assert (saved["title"], saved["tags"], saved["via"]) == ("kept", ["政策"], "tab")
    assert saved["receipt"]["bytes"]["sent"] == 1
    assert kept_bytes(library_dir, saved["link_id"]) == [[PICTURE]]


def test_capture_sent_again_answers_the_same(host, make_page):
    page = make_page("twice")
    assert page.send(host)["saved"] == page.send(host)["saved"]


def test_nothing_incoming_stays_after_a_commit(host, make_page, library_dir):
    make_page("tidy", PICTURE).send(host)
    assert list((library_dir / "incoming").iterdir()) == []


def test_page_with_the_same_digest_needs_no_plan(host, make_page):
    page = make_page("again", PICTURE)
    first = page.send(host)["saved"]
    digest = page_digest(page.plan)
    short = {key: page.plan[key] for key in ("page_url", "title", "captured_at", "tags")}
    again = host.call("capture.begin", capture_id="f" * 32, digest=digest, note="", **short)
    assert again["saved"]["unchanged"] is True
    assert again["saved"]["snapshot_id"] != first["snapshot_id"]


def test_page_with_another_digest_wants_a_plan(host, make_page):
    page = make_page("changed")
    page.send(host)
    short = {key: page.plan[key] for key in ("page_url", "title", "captured_at", "tags")}
    reply = host.call("capture.begin", capture_id="f" * 32, digest="0" * 64, note="", **short)
    assert reply == {"id": reply["id"], "ok": True, "plan_wanted": True}


def page_digest(plan: dict[str, list[dict[str, str]]]) -> str:
    own = plan["documents"][0]["url"]
    lines = [
        f"D {d['frame']} {d['url'] if d['url'] != own else ''} {d['sha256']}"
        for d in plan["documents"]
    ]
    lines += [f"R {r['url']} {r['sha256']}" for r in plan["resources"]]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_second_page_sends_only_what_the_library_lacks(host, make_page):
    make_page("first", PICTURE).send(host)
    other = make_page("second", PICTURE)
    assert host.call("capture.begin", plan=other.plan)["need"] == [[0, 0]]


def test_commit_before_all_bytes_came_is_refused(host, make_page):
    page = make_page("early", PICTURE)
    host.call("capture.begin", plan=page.plan)
    assert host.call("capture.commit", capture_id=page.capture_id)["code"] == "upload_invalid"


def uploaded(host, make_page, library_dir, name: str):
    """A page whose picture has come and stands in its place, not yet committed."""
    page = make_page(name, PICTURE)
    page.upload(host, host.call("capture.begin", plan=page.plan)["need"])
    its_file_is_in_place(host, library_dir, 0)
    return page


def test_aborted_capture_is_unknown_and_leaves_nothing(host, make_page, library_dir):
    page = uploaded(host, make_page, library_dir, "aborted")
    host.call("capture.abort", capture_id=page.capture_id)
    assert host.call("capture.commit", capture_id=page.capture_id)["code"] == "upload_unknown"
    assert list((library_dir / "incoming").iterdir()) == []
    assert files_of_blobs(library_dir) == []


def test_capture_of_a_killed_host_is_aborted_by_the_next(start_host, make_page, library_dir):
    host = start_host()
    page = uploaded(host, make_page, library_dir, "killed")
    host.kill()
    start_host().call("capture.abort", capture_id=page.capture_id)
    assert files_of_blobs(library_dir) == []


def test_aborted_capture_leaves_what_another_has_saved(start_host, make_page, library_dir):
    host, other = start_host(), start_host()
    aborted = uploaded(host, make_page, library_dir, "aborted")
    assert make_page("saved", PICTURE).send(other)["ok"]
    host.call("capture.abort", capture_id=aborted.capture_id)
    with Library.open(library_dir) as library:
        assert verify(library, orphan_seconds=0) == []


def test_capture_whose_file_another_has_swept_is_saved_whole(start_host, make_page, library_dir):
    host, other = start_host(), start_host()
    kept = uploaded(host, make_page, library_dir, "kept")
    swept = uploaded(other, make_page, library_dir, "swept")
    other.call("capture.abort", capture_id=swept.capture_id)
    assert host.call("capture.commit", capture_id=kept.capture_id, sent=1)["ok"]
    with Library.open(library_dir) as library:
        assert verify(library, orphan_seconds=0) == []


def test_upload_under_way_is_no_orphan(host, make_page, library_dir):
    uploaded(host, make_page, library_dir, "waiting")
    with Library.open(library_dir) as library:
        assert verify(library, orphan_seconds=0, repair=True) == []
    assert len(files_of_blobs(library_dir)) == 1


def files_of_blobs(library_dir):
    return [path for path in (library_dir / "blobs").rglob("*") if path.is_file()]


def begin_alone(host, page, library_dir):
    host.call("capture.begin", plan=page.plan)


def chunks(count: int, *, is_last_answered: bool = True):
    """Send `count` of the five chunks and wait for the answers, but perhaps for the last one's."""

    def send(host, page, library_dir):
        need = host.call("capture.begin", plan=page.plan)["need"]
        for number, fields in enumerate(list(page.writes(need))[:count], start=1):
            written = host.post("blob.write", **fields)
            if number < count or is_last_answered:
                host.reply(written)

    return send


def commit(until):
    """Send everything and the commit, then wait for `until(host, library_dir, commit's id)`."""

    def send(host, page, library_dir):
        chunks(5)(host, page, library_dir)
        until(host, library_dir, host.post("capture.commit", capture_id=page.capture_id))

    return send


def its_file_is_in_place(host, library_dir, committed):
    name = hashlib.sha256(PICTURE).hexdigest()
    deadline = time.monotonic() + 60
    while not (library_dir / "blobs" / name[:2] / name).exists():
        assert time.monotonic() < deadline


KILL_POINTS = {
    "before anything": lambda *_: None,
    "after begin": begin_alone,
    "document sent": chunks(1),
    "first chunk not answered": chunks(2, is_last_answered=False),
    "half of the picture": chunks(3),
    "last chunk not answered": chunks(5, is_last_answered=False),
    "all chunks answered": chunks(5),
    "commit just sent": commit(lambda *_: None),
    "5 ms into the commit": commit(lambda *_: time.sleep(0.005)),
    "20 ms into the commit": commit(lambda *_: time.sleep(0.02)),
    "file in its place": commit(its_file_is_in_place),
    "commit answered": commit(lambda host, _, committed: host.reply(committed)),
}


@pytest.mark.parametrize("point", KILL_POINTS)
def test_killed_host_loses_nothing_and_keeps_no_half(start_host, make_page, library_dir, point):
    earlier, page = make_page("earlier", PICTURE[:200_000]), make_page("killed", PICTURE)
    host = start_host()
    acknowledged = earlier.send(host)["saved"]
    KILL_POINTS[point](host, page, library_dir)
    host.kill()
    again = start_host()
    saved = page.send(again)["saved"]
    again.kill()  # before it comes to reading: what it has answered is kept
    assert kept_bytes(library_dir, saved["link_id"]) == [[PICTURE]]
    assert kept_bytes(library_dir, acknowledged["link_id"]) == [[PICTURE[:200_000]]]
    assert problems(library_dir) == []


def test_killed_host_is_resumed_where_it_stopped(start_host, make_page):
    page = make_page("resumed", PICTURE)
    host = start_host()
    writes = list(page.writes(host.call("capture.begin", plan=page.plan)["need"]))
    for fields in writes[:3]:
        host.call("blob.write", **fields)
    host.kill()
    need = start_host().call("capture.begin", plan=page.plan)["need"]
    assert need == [[0, 0], [1, 2 * 1024 * 1024]]


def test_two_hosts_keep_pages_in_one_library_at_once(start_host, make_page, library_dir):
    hosts = [start_host(), start_host()]
    pages = [make_page(f"page-{number}", PICTURE[number:]) for number in range(6)]
    begun = [
        (page, host, host.call("capture.begin", plan=page.plan)["need"])
        for page, host in zip(pages, hosts * 3, strict=True)
    ]
    for page, host, need in begun:
        for fields in page.writes(need):
            host.post("blob.write", **fields)
    commits = [
        (host, host.post("capture.commit", capture_id=page.capture_id)) for page, host, _ in begun
    ]
    assert [host.reply(commit)["ok"] for host, commit in commits] == [True] * 6
    with Library.open(library_dir) as library:
        assert count_links(library) == 6
    assert problems(library_dir) == []


def test_same_capture_in_two_hosts_is_kept_once(start_host, make_page, library_dir):
    page = make_page("both", PICTURE)
    first, second = start_host(), start_host()
    writes = list(page.writes(first.call("capture.begin", plan=page.plan)["need"]))
    first.call("blob.write", **writes[0])
    first.call("blob.write", **writes[1])
    saved = page.send(second)["saved"]
    assert first.call("blob.write", **writes[2])["code"] == "upload_invalid"
    assert page.send(first)["saved"] == saved
    assert kept_bytes(library_dir, saved["link_id"]) == [[PICTURE]]


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 6 MB for the library."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], check=False)
    if made.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_full_disk_is_said_and_the_capture_can_be_sent_later(start_host, make_page, small_disk):
    host = start_host(small_disk / "library")
    assert make_page("small").send(host)["ok"]
    filler = small_disk / "filler"
    filler.write_bytes(bytes(os.statvfs(small_disk).f_bavail * 4096 - 1_000_000))
    page = make_page("large", PICTURE)
    assert page.send(host)["code"] == "disk_full"
    filler.unlink()
    # What had come is still there, so there is room for it once only.
    assert page.send(host)["saved"]["title"] == "large"
    assert problems(small_disk / "library") == []


def test_disk_full_at_the_commit_keeps_nothing_half(start_host, make_page, small_disk):
    host = start_host(small_disk / "library")
    assert make_page("small").send(host)["ok"]
    page = make_page("large", PICTURE[:2_000_000])
    page.upload(host, host.call("capture.begin", plan=page.plan)["need"])
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        for block in (65536, 4096):
            try:
                while True:
                    stream.write(bytes(block))
            except OSError:
                pass
    refused = host.call("capture.commit", capture_id=page.capture_id)
    filler.unlink()
    assert (refused["code"], refused["detail"]) == (
        "disk_full",
        {"path": str(small_disk / "library")},
    )
    assert page.send(host)["saved"]["title"] == "large"
    assert problems(small_disk / "library") == []
