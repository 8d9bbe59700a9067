"""Pages far beyond the ordinary pass through: kept whole, in bounded time and memory."""

import hashlib
import tracemalloc

import pytest
from tests.growth import grows_in_step

from linkshot.capture.assemble import assemble
from linkshot.capture.keep import keep
from linkshot.capture.plan import PlannedResource
from linkshot.store.snapshots import list_resources

from .plans import capture_of, document_of


def test_elements_nested_deeply_stay(library):
    depth = 2_000
    plan, sources = capture_of({"": "<div>" * depth + "x" + "</div>" * depth}, {})
    saved = assemble(plan, sources, library)
    assert document_of(library, saved).count("<div>") == depth
    assert "markup_bounded" not in saved.receipt.warnings


def test_time_grows_in_step_with_the_number_of_elements(library):
    def assemble_rows(count):
        rows = "".join(f'<div class="c"><a href="/x/{i}">link {i}</a></div>' for i in range(count))
        saved = assemble(*capture_of({"": rows}, {}), library)
        assert document_of(library, saved).count("<a ") == count

    assert grows_in_step(assemble_rows, 20_000)


def test_five_hundred_frames_are_all_named(library):
    frames = {str(i): f"<p>{i}</p>" for i in range(500)}
    top = "".join(f"<iframe data-linkshot-frame={i}></iframe>" for i in range(500))
    saved = assemble(*capture_of({"": top, **frames}, {}), library)
    assert saved.receipt.frames == 500
    assert document_of(library, saved).count('.html"></iframe>') == 500


def test_frames_nested_two_hundred_deep_are_named(library):
    keys = [".".join(["0"] * depth) for depth in range(200)]
    frames = {
        key: f"<iframe data-linkshot-frame={key + '.0' if key else '0'}></iframe>" for key in keys
    }
    saved = assemble(*capture_of(frames, {}), library)
    assert saved.receipt.frames == 199


HOSTILE = {
    "nested": lambda n: "<div>" * n + "<p>正文",
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">正文",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_in_step_with_markup_that_is_bounded_and_said(library, page):
    def assemble_page(size):
        saved = assemble(*capture_of({"": page(size)}, {}), library)
        assert saved.receipt.warnings[:1] == ["markup_bounded"]
        assert "正文" in document_of(library, saved)

    assert grows_in_step(assemble_page, 100_000)


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_in_step_with_markup_that_is_bounded_by_http(library, site, page):
    def keep_page(size):
        saved = keep(library, site.put("/", f"<title>x</title>{page(size)}"), via="http")
        assert saved.receipt.warnings.count("markup_bounded") == 1

    assert grows_in_step(keep_page, 40_000)


def test_twenty_thousand_resources_are_kept(library):
    used = {f"http://e.com/d/{i}.gif": (b"GIF89a%d" % i, "image/gif") for i in range(20_000)}
    top = "".join(f"<img src={i}.gif>" for i in range(20_000))
    saved = assemble(*capture_of({"": top}, used), library)
    assert len(list_resources(library, saved.snapshot_id)) == 20_001
    assert "data:," not in document_of(library, saved)


def test_large_pictures_are_never_loaded(library, tmp_path):
    plan, sources = capture_of({"": "<img src=a.jpg>"}, {})
    picture = tmp_path / "a.jpg"
    size = 64 << 20
    with picture.open("wb") as stream:
        stream.write(b"\xff\xd8\xff")
        stream.truncate(size)
    with picture.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    plan.resources = [
        PlannedResource(
            url="http://e.com/d/a.jpg", sha256=sha256, size=size, media_type="image/jpeg"
        )
    ]
    tracemalloc.start()
    saved = assemble(plan, {**sources, sha256: picture}, library)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert saved.receipt.kept == 1
    assert peak < 16 << 20
