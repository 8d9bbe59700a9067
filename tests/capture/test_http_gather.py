"""What a capture over HTTP brings: fonts in use, frames of every kind, sheets in odd encodings."""

import re

from tests.growth import grows_in_step

from linkshot.capture.assemble import assemble
from linkshot.capture.http import capture_with_http
from linkshot.store.snapshots import list_resources

PDF = b"%PDF-1.4\n%%EOF"
SLICES = """
@font-face{font-family:a;src:url(1.woff2) format("woff2"),url(1.woff) format("woff");unicode-range:U+4E2D}
@font-face{font-family:a;src:url(2.woff2) format("woff2");unicode-range:U+56FD}
@font-face{font-family:b;src:url(3.woff2) format("woff2")}
"""


def paths(plan, site):
    return sorted(r.url.removeprefix(site.url) for r in plan.resources)


def put_fonts(site):
    for name in ("1.woff2", "1.woff", "2.woff2", "3.woff2"):
        site.put(f"/{name}", b"wOF2" + name.encode(), media_type="font/woff2")


def test_only_font_slices_that_the_page_shows_are_fetched(site):
    put_fonts(site)
    site.put("/a.css", SLICES, media_type="text/css")
    plan = capture_with_http(site.put("/", "<link rel=stylesheet href=a.css><p>&#20013;")).plan
    assert paths(plan, site) == ["/1.woff2", "/3.woff2", "/a.css"]
    assert (plan.fonts_declared, plan.missing) == (4, [])


def test_slices_of_a_style_element_are_spared_too_and_frames_count(site):
    put_fonts(site)
    site.put("/f", "<p>国")
    page = site.put("/", f"<style>{SLICES}</style><p>x<script>'中'</script><iframe src=f></iframe>")
    plan = capture_with_http(page).plan
    assert paths(plan, site) == ["/2.woff2", "/3.woff2"]


def test_characters_that_a_sheet_puts_in_count(site):
    put_fonts(site)
    site.put("/b.css", r"p::before{content:'\4e2d'}", media_type="text/css")
    page = site.put("/", f"<style>@import 'b.css';{SLICES}</style><p>x")
    assert "/1.woff2" in paths(capture_with_http(page).plan, site)


def test_frames_of_every_kind_are_documents(library, site):
    site.put("/in", "<title>in</title><p onclick=x>in<script>1</script>")
    site.put("/in.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", media_type="image/svg+xml")  # fmt: skip
    site.put("/a.pdf", PDF, media_type="application/pdf")
    page = site.put(
        "/",
        "<frameset><frame src=in></frameset>",
    )
    assert [d.frame for d in capture_with_http(page).plan.documents] == ["", "0"]
    page = site.put(
        "/objects",
        "<object data=in></object><embed src=in.svg><object data=a.pdf type=application/pdf></object>"
        "<object data=gone>else</object>",
    )
    capture = capture_with_http(page)
    assert [d.url.removeprefix(site.url) for d in capture.plan.documents] == [
        "/objects",
        "/in",
        "/in.svg",
    ]
    assert [m.reason for m in capture.plan.missing] == ["404"]
    saved = assemble(capture.plan, capture.sources, library)
    stored = {r.name: r for r in list_resources(library, saved.snapshot_id)}
    html = library.blobs.read(next(iter(stored.values())).sha256).decode()
    shown = [stored[name] for name in re.findall(r'(?:data|src)="([^"]+)"', html)]
    assert [r.url.removeprefix(site.url) for r in shown] == ["/in", "/in.svg", "/a.pdf"]
    assert all(b"script" not in library.blobs.read(r.sha256) for r in shown)


def test_error_page_in_a_pictures_place_is_missing(site):
    site.put("/x.png", "<script>1</script>", media_type="text/html")
    plan = capture_with_http(site.put("/", "<img src=x.png>")).plan
    assert (plan.resources, [m.reason for m in plan.missing]) == ([], ["failed"])


def test_sheet_is_read_in_the_encoding_of_whoever_asks(library, site):
    site.put("/a.css", "@import 'b.css';a::before{content:'一'}".encode("gbk"), media_type="text/css")  # fmt: skip
    site.put("/b.css", "b::before{content:'中文字'}".encode("gbk"), media_type="text/css")
    site.put("/big5.css", '@charset "big5";i::before{content:"繁體"}'.encode("big5"), media_type="text/css")  # fmt: skip
    frame = "<meta charset=gbk><link rel=stylesheet href=a.css><p>中".encode("gbk")
    site.put("/f", frame, media_type="text/html")
    page = site.put("/", "<link rel=stylesheet href=big5.css><iframe src=f></iframe><p>é")
    capture = capture_with_http(page)
    saved = assemble(capture.plan, capture.sources, library)
    sheets = "".join(
        library.blobs.read(r.sha256).decode()
        for r in list_resources(library, saved.snapshot_id)
        if r.name.endswith(".css")
    )
    assert all(text in sheets for text in ("'一'", "'中文字'", '"繁體"'))


def test_refreshes_in_a_circle_end_with_a_page(site):
    refresh = '<meta http-equiv=refresh content="0;url={}"><p>{}'
    site.put("/b", refresh.format("/a", "b"))
    assert capture_with_http(site.put("/a", refresh.format("/b", "a"))).plan.page_url == f"{site.url}/b"  # fmt: skip
    for number in range(20):
        site.put(f"/{number}", refresh.format(f"/{number + 1}", number))
    assert capture_with_http(f"{site.url}/0").plan.page_url == f"{site.url}/5"


def test_time_grows_in_step_with_a_large_sheet_kept_whole(library, site):
    plain = ".c {{margin: 0 auto; padding: 1px 2px; color: red}}\n" * 9
    rule = plain + ".c{n} {{background: url(i{n}.png?x) no-repeat}}\n"

    def keep_sheet(size):
        sheet = "".join(rule.format(n=n % 50) for n in range(size // 500))
        site.put("/a.css", sheet, media_type="text/css")
        capture = capture_with_http(site.put("/", "<link rel=stylesheet href=a.css><p>x"))
        saved = assemble(capture.plan, capture.sources, library)
        assert (saved.receipt.kept, len(saved.receipt.missing)) == (1, 50)

    assert grows_in_step(keep_sheet, 4_000_000)


BACKGROUNDS = """<div data-bg=/1.svg></div><div data-background-image="url('/2.svg')"></div><div data-bgset="/x.svg 1x, /3.svg 2x"></div>
<i class=lazyload data-src=/4.svg></i><i data-src=/no.svg></i><video data-poster=/5.svg></video>
<div data-lazy-bg=/6.svg style="background: url(/img/blank.gif)"></div><div data-bg=/no.svg style="background: url(/7.svg)"></div>"""


def test_backgrounds_that_a_script_would_load_are_kept(library, site):
    for name in "1234567":
        site.put(f"/{name}.svg", f"<svg xmlns='http://www.w3.org/2000/svg' id='s{name}'/>", media_type="image/svg+xml")  # fmt: skip
    capture = capture_with_http(site.put("/", BACKGROUNDS))
    kept = [path for path in paths(capture.plan, site) if path.endswith(".svg")]
    assert kept == [f"/{name}.svg" for name in "1234567"]


def test_sheet_is_read_in_the_encoding_that_its_link_names(site):
    for name in ("a", "b"):
        site.put(f"/{name}.css", "p::before{content:'前'}".encode("gbk"), media_type="text/css")
    links = "<link rel=stylesheet href=a.css charset=gb2312><link rel=stylesheet href=b.css>"
    plan = capture_with_http(site.put("/", f"<meta charset=utf-8>{links}<p>x")).plan
    assert "gb" in next(one.media_type for one in plan.resources if one.url.endswith("/a.css"))
