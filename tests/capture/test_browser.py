"""The headless browser keeps what the pages of `tests/pages` show, and names what goes wrong."""

from __future__ import annotations

import functools
import http.server
import io
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from linkshot.capture.assemble import assemble
from linkshot.capture.browser import BrowserCapturer, BrowserOptions
from linkshot.capture.plan import Capture
from linkshot.errors import (
    ConnectionFailed,
    HostNotResolved,
    HttpStatus,
    UrlInvalid,
)
from linkshot.store.library import Library
from linkshot.store.snapshots import list_resources

PAGES = Path(__file__).parents[1] / "pages"

pytestmark = pytest.mark.e2e
Keep = Callable[[str], Capture]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: object) -> None:
        """Say nothing: stderr belongs to the test."""


@pytest.fixture(scope="module")
def pages_url() -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(PAGES))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def capturer(start_capturer: Callable[[BrowserOptions], BrowserCapturer]) -> BrowserCapturer:
    return start_capturer(BrowserOptions(settle_seconds=20, timeout_seconds=90))


@pytest.fixture(scope="module")
def keep(capturer: BrowserCapturer, pages_url: str) -> Keep:
    """Captures a page of `tests/pages` by its slug, each once."""
    return functools.cache(lambda slug: capturer.capture(f"{pages_url}/{slug}/index.html"))


def body_of(capture: Capture, frame: str = "") -> str:
    """A document's markup from its body on, blank space folded and stand-ins of scripts left out."""
    [document] = [one for one in capture.plan.documents if one.frame == frame]
    data = capture.sources[document.sha256]
    assert isinstance(data, bytes)
    body = re.sub(r"\s+", " ", data.decode().partition("<body")[2].partition(">")[2])
    return body.replace("<template></template>", "").replace("</body></html>", "").strip()


def resource_paths(capture: Capture) -> list[str]:
    return sorted(one.url.rpartition("/")[2] for one in capture.plan.resources)


def image_of(capture: Capture, sha256: str) -> Image.Image:
    data = capture.sources[sha256]
    assert isinstance(data, bytes)
    return Image.open(io.BytesIO(data)).convert("RGBA")


def test_shadow_roots_are_kept_open_and_closed(keep: Keep) -> None:
    body = body_of(keep("shadow-roots"))
    opened = (
        '<template shadowrootmode="open" shadowrootdelegatesfocus><slot></slot><i>open</i>'
        "<style>i { color: rgb(1, 2, 3); }</style></template><p>light</p>"
    )
    assert f'<div id="open">{opened}</div>' in body
    closed = '<template shadowrootmode="closed"><i>closed</i></template>'
    assert f'<div id="closed">{closed}</div>' in body


def test_slots_assigned_by_script_get_names(keep: Keep) -> None:
    named = (
        '<template shadowrootmode="open"><slot name="linkshot-slot-0"></slot></template>'
        '<b>one</b><b slot="linkshot-slot-0">two</b>'
    )
    assert f'<div id="manual">{named}</div>' in body_of(keep("shadow-roots"))


def test_changed_sheets_are_written_as_in_force(keep: Keep, pages_url: str) -> None:
    capture = keep("script-styles")
    dot = f"{pages_url}/script-styles/dot.svg"
    [document] = capture.plan.documents
    html = capture.sources[document.sha256].decode()  # type: ignore[union-attr]
    changed = f'<style id="changed">p {{ background: url("{dot}"); }}</style>'
    assert re.sub(r"\s+", " ", changed) in re.sub(r"\s+", " ", html)
    assert '<style id="empty">p { color: red; }</style>' in html
    assert '<style id="same">em { color: teal }</style>' in html
    assert '<link rel="stylesheet" href="plain.css" id="plain">' in html
    assert '<link rel="stylesheet" href="off.css" id="off" disabled="">' in html
    assert resource_paths(capture) == ["dot.svg", "off.css", "plain.css"]


def test_alternate_sheets_stay_as_they_were_chosen(keep: Keep) -> None:
    capture = keep("alternate-styles")
    [document] = capture.plan.documents
    html = capture.sources[document.sha256].decode()  # type: ignore[union-attr]
    assert re.findall(r'<link rel="([a-z ]+)" href="([a-z]+)\.css"( title)?', html) == [
        ("stylesheet", "plain", " title"),
        ("alternate stylesheet", "other", " title"),
        ("stylesheet", "chosen", ""),
    ]


def test_imported_sheets_have_the_encoding_of_the_page(keep: Keep, tmp_path: Path) -> None:
    capture = keep("style-imported-charset")
    with Library.open(tmp_path / "library") as library:
        saved = assemble(capture.plan, capture.sources, library)
        sheets = [
            library.blobs.read(one.sha256).decode()
            for one in list_resources(library, saved.snapshot_id)
            if one.media_type == "text/css"
        ]
    assert sheets == ['[data-name="汇入"] { background: green }\n']


def test_nesting_of_the_page_outlives_the_parser(keep: Keep) -> None:
    capture = keep("nesting")
    apart = '<applet data-linkshot-apart style="display:contents!important">'
    body = body_of(capture).replace(apart, "[").replace("</applet>", "]")
    assert body.startswith(
        "<p>a paragraph[<div>in it<p>and again</p></div>][<hr>]</p>"
        "<a>a link[<a>in it</a>]</a><button>a button[<button>in it</button>]</button>"
    )
    assert capture.plan.warnings == ["markup_moved"]


def test_canvas_is_kept_as_a_picture(keep: Keep) -> None:
    capture = keep("canvas")
    [picture] = capture.plan.resources
    assert (picture.url, picture.media_type) == ("linkshot:canvas/top/1", "image/webp")
    assert "background-image:url(&quot;linkshot:canvas/top/1&quot;)!important" in body_of(capture)


def test_canvases_drawn_once_keep_their_picture(keep: Keep) -> None:
    capture = keep("webgl")
    colours = [
        image_of(capture, one.sha256).getpixel((4, 4))
        for one in sorted(capture.plan.resources, key=lambda one: one.url)
    ]
    assert colours == [(255, 0, 0, 255), (0, 0, 255, 255)]


def test_form_state_is_kept_without_secrets(keep: Keep) -> None:
    # How a checkbox in the middle is drawn is seen in tests/pages/undecided.
    body = re.sub(r' style="appearance:none;[^"]*"', "", body_of(keep("form-state")))
    assert body == (
        '<form><input id="text" value="现在的值"><input id="box" type="checkbox" checked="">'
        '<input id="part" type="checkbox" data-linkshot-is="indeterminate">'
        '<input id="password" type="password"><input id="code" autocomplete="one-time-code">'
        '<select><option>a</option><option selected="">b</option></select>'
        "<textarea> new &lt;text&gt;</textarea></form>"
    )


def test_frames_are_documents_of_their_own(keep: Keep) -> None:
    capture = keep("frames")
    bodies = {one.frame: body_of(capture, one.frame) for one in capture.plan.documents[1:]}
    assert bodies == {
        "0": '<p>child<iframe data-linkshot-frame="0.0"></iframe> </p>',
        "0.0": "<p>grandchild</p>",
        "1": "<p>from srcdoc</p>",
        "2": "<p>from blob</p>",
        "3": "<p>from script</p>",
        "s0": "<p>in shadow</p>",
    }


def test_failed_frame_keeps_what_the_browser_shows(keep: Keep) -> None:
    capture = keep("failed-frame")
    frame = capture.plan.documents[1]
    assert (frame.frame, frame.url) == ("0", "http://127.0.0.1:9/gone")
    body = body_of(capture, "0")
    assert "sub-frame-error" in body
    assert "<audio" not in body
    assert {one.url: one.reason for one in capture.plan.missing} == {frame.url: "failed"}


def test_lazy_images_are_brought_in(keep: Keep) -> None:
    capture = keep("lazy-images")
    assert resource_paths(capture) == ["a.svg", "b.svg", "c.svg"]
    assert "data:image/gif" not in body_of(capture)


def test_each_kind_of_lazy_image_is_brought_in_and_seen(keep: Keep) -> None:
    capture = keep("lazy-kinds")
    kinds = ["lazysizes.svg", "picture.svg", "scrolled.svg", "wechat.svg?wx_fmt=png&from=appmsg"]
    assert resource_paths(capture) == [*kinds, "zhihu.svg"]
    seen = 'style="opacity:1!important;visibility:visible!important"'
    assert body_of(capture).count(seen) == 2


def test_only_the_candidate_in_use_is_kept(keep: Keep, pages_url: str) -> None:
    capture = keep("picture-candidates")
    large = f"{pages_url}/picture-candidates/large.svg"
    assert f'<picture><img src="{large}" alt="picture"></picture>' in body_of(capture)
    assert resource_paths(capture) == ["large.svg", "one.svg"]


def test_broken_image_without_src_stays_invisible(keep: Keep) -> None:
    capture = keep("broken-image")
    assert body_of(capture) == '<img alt=""><img src="gone.png" alt="">'
    assert [one.reason for one in capture.plan.missing] == ["404"]


def test_top_layer_is_shown_without_script(keep: Keep) -> None:
    body = re.sub(r" style=\"[^\"]*\"", "", body_of(keep("top-layer")))
    assert '<dialog open="" data-linkshot-is="modal"><p>modal</p></dialog>' in body
    assert '<div popover="" data-linkshot-is="popover-open">popover</div>' in body
    assert body.endswith("<linkshot-backdrop></linkshot-backdrop>")


def test_svg_of_another_file_comes_into_the_page(keep: Keep) -> None:
    body = body_of(keep("svg-use"))
    assert '<use href="#linkshot-1-dot"></use>' in body
    assert '<symbol id="linkshot-1-dot" viewBox="0 0 1 1">' in body


def test_blob_pictures_are_kept_also_revoked(keep: Keep) -> None:
    capture = keep("blob-image")
    kinds = {one.url: one.media_type for one in capture.plan.resources}
    assert list(kinds) == ["linkshot:blob/top/1", "linkshot:blob/top/2"]
    assert capture.plan.missing == []


def test_thumbnail_is_a_small_webp(keep: Keep) -> None:
    thumbnail = keep("canvas").thumbnail
    assert thumbnail is not None
    picture = Image.open(io.BytesIO(thumbnail))
    assert (picture.format, picture.size) == ("WEBP", (320, 225))


def test_error_status_is_refused(capturer: BrowserCapturer, pages_url: str) -> None:
    with pytest.raises(HttpStatus) as raised:
        capturer.capture(f"{pages_url}/no-such-page.html")
    assert raised.value.facts["status"] == 404


def test_unknown_host_is_named(capturer: BrowserCapturer) -> None:
    with pytest.raises(HostNotResolved) as raised:
        capturer.capture("http://no-such-site.invalid/")
    assert raised.value.facts == {"host": "no-such-site.invalid"}


def test_refused_connection_is_named(capturer: BrowserCapturer) -> None:
    with pytest.raises(ConnectionFailed):
        capturer.capture("http://127.0.0.1:9/")


def test_other_schemes_are_refused(capturer: BrowserCapturer) -> None:
    with pytest.raises(UrlInvalid):
        capturer.capture("javascript:alert(1)")
