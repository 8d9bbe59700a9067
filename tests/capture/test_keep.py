import pytest

from linkshot.capture.keep import Keeper, keep
from linkshot.errors import BrowserMissing, ConnectionFailed, HttpStatus, TagSlashAtEnd, UrlInvalid
from linkshot.store.links import list_links
from linkshot.store.readings import get_reading
from linkshot.store.snapshots import get_snapshot


def test_steps_are_told_as_they_begin(library, site):
    steps: list[str] = []
    keep(library, site.put("/", "<p>x"), via="http", progress=steps.append)
    assert steps == ["open", "gather", "assemble", "save", "read"]


def test_steps_of_a_file_are_told(library, tmp_path):
    (tmp_path / "p.html").write_text("<p>x")
    steps: list[str] = []
    keep(library, (tmp_path / "p.html").as_uri(), via="http", progress=steps.append)
    assert steps == ["open", "gather", "assemble", "save", "read"]


def test_kept_page_is_read_at_once_with_its_tags_and_note(library, site):
    text = "<title>通知</title><article><p>" + "关于集成电路产业的若干政策。" * 20
    saved = keep(library, site.put("/n", text), via="http", tags=["政策/产业"], note="看")
    assert (saved.title, saved.tags, saved.via) == ("通知", ["政策/产业"], "http")
    assert list_links(library)[0].note == "看"
    reading = get_reading(library, saved.snapshot_id)
    assert reading is not None and "集成电路" in reading.text


@pytest.mark.parametrize("via", ["http", pytest.param("browser", marks=pytest.mark.e2e)])
def test_what_json_ld_says_is_read(library, site, via):
    linked = '{"@type": "NewsArticle", "author": {"name": "王晓明"}}'
    html = f"<head><script type='application/ld+json'>{linked}</script></head><p>{'通知。' * 50}"
    try:
        saved = keep(library, site.put("/", html), via=via)
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    reading = get_reading(library, saved.snapshot_id)
    assert reading is not None and reading.author == "王晓明"


@pytest.mark.e2e
def test_words_of_the_browser_for_a_lost_frame_are_not_read(library, site):
    html = "<title>t</title><p>短文</p><iframe src='http://127.0.0.1:9/'></iframe>"
    saved = _keep_by_browser_if_it_can(library, site.put("/", html))
    assert [gone.reason for gone in saved.receipt.missing] == ["failed"]
    reading = get_reading(library, saved.snapshot_id)
    assert reading is not None and reading.text == "短文"


def test_address_without_scheme_is_kept_over_plain_http_where_https_is_not(library, site):
    url = site.put("/n", "<title>通知")
    saved = keep(library, url.removeprefix("http://"), via="http")
    assert (saved.title, saved.url) == ("通知", url)


def test_address_without_scheme_that_neither_answers_is_told_of_https(library):
    with pytest.raises(ConnectionFailed, match=r"https://127\.0\.0\.1:9/"):
        keep(library, "127.0.0.1:9/", via="http")


@pytest.mark.parametrize(
    ("url", "tags", "error"),
    [("not an address", [], UrlInvalid), ("/p", ["a/"], TagSlashAtEnd)],
)
def test_wrong_input_is_refused_before_anything_is_fetched(library, site, url, tags, error):
    with pytest.raises(error):
        keep(library, site.url + url if url == "/p" else url, via="http", tags=tags)
    assert site.requests == []


def test_error_page_is_kept_only_when_asked_and_marked(library, site):
    with pytest.raises(HttpStatus):
        keep(library, f"{site.url}/gone", via="http")
    assert list_links(library) == []
    saved = keep(library, f"{site.url}/gone", via="http", keep_errors=True)
    assert "http_error_kept" in saved.receipt.warnings


def test_temporary_files_of_large_pictures_are_gone_after(library, site, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    site.put("/big.png", b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000, media_type="image/png")
    saved = keep(library, site.put("/", "<img src=big.png>"), via="http")
    assert saved.receipt.kept == 1
    assert list((tmp_path / "t").iterdir()) == []


@pytest.mark.e2e
def test_one_browser_serves_several_links(library, site):
    with Keeper(library) as keeper:
        try:
            first = keeper.keep(site.put("/1", "<title>1</title><p>one"), via="browser")
        except BrowserMissing:
            pytest.skip("no Chromium, Chrome or Edge on this machine")
        browser = keeper._browser
        second = keeper.keep(site.put("/2", "<title>2</title><p>two"), via="browser")
        assert keeper._browser is browser
    assert [first.title, second.title] == ["1", "2"]


@pytest.mark.e2e
def test_pdf_is_kept_as_it_is(library, site):
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    url = site.put("/a.pdf", pdf, media_type="application/pdf")
    try:
        saved = keep(library, url, via="browser")
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    record = get_snapshot(library, saved.snapshot_id)
    assert (record.document[-4:], saved.via) == (".pdf", "http")
    assert library.blobs.read(record.document.partition(".")[0]) == pdf


def _keep_by_browser_if_it_can(library, url):
    """Kept by `auto`, where a browser is there."""
    saved = keep(library, url)
    if "captured_without_browser" in saved.receipt.warnings:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    return saved


# 163.com's articles write themselves anew where their scripts' own parts are not to be had.
_GOES_BLANK = (
    "<title>公告</title><p>关于印发规划的通知<script>onload = () => document.open()</script>"
)
_LEAVES = (
    "<title>公告</title><p>关于印发规划的通知<script>location = 'http://127.0.0.1:9/'</script>"
)


@pytest.mark.e2e
@pytest.mark.parametrize("html", [_GOES_BLANK, _LEAVES])
def test_page_that_its_scripts_take_away_is_kept_as_served(library, site, html):
    saved = _keep_by_browser_if_it_can(library, site.put("/", html))
    assert (saved.via, saved.receipt.warnings) == ("http", ["kept_as_served"])
    reading = get_reading(library, saved.snapshot_id)
    assert reading is not None and "规划" in reading.text


@pytest.mark.e2e
def test_page_that_leaves_is_told_where_the_browser_was_asked_for(library, site):
    try:
        with pytest.raises(ConnectionFailed):
            keep(library, site.put("/", _LEAVES), via="browser")
    except BrowserMissing:
        pytest.skip("no Chromium, Chrome or Edge on this machine")


@pytest.mark.e2e
@pytest.mark.parametrize(
    "body",
    [
        "",
        "<noscript>Please enable JavaScript.</noscript><div id=app></div>",
        "<body><noscript><img src=picture.svg></noscript></body>",
    ],
)
def test_page_that_is_blank_as_served_too_is_the_browsers(library, site, body):
    saved = _keep_by_browser_if_it_can(library, site.put("/", f"<title>x</title>{body}"))
    assert (saved.via, saved.receipt.warnings) == ("browser", ["empty_shell"])


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("encoding", "declared", "via"),
    [("utf-8", "gbk", "file"), ("gb18030", "gb2312", "browser"), ("gb18030", "utf-8", "file")],
)
def test_file_that_declares_another_encoding_is_read_in_its_own(
    library, tmp_path, encoding, declared, via
):
    text = f'<meta charset="{declared}"><title>通知</title><p>' + "关于印发规划的通知。" * 20
    (tmp_path / "p.html").write_bytes(text.encode(encoding))
    saved = _keep_by_browser_if_it_can(library, (tmp_path / "p.html").as_uri())
    assert (saved.title, saved.via) == ("通知", via)
