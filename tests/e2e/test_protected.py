"""Pages that do not come easily: guarded pictures, frames that hang, redirected sheets, GBK."""

from __future__ import annotations

import pytest
from guarded_site import PIXEL

pytestmark = pytest.mark.e2e


def missing(linkshot):
    """What the only version's receipt says is missing."""
    [link] = linkshot("list")
    [version] = linkshot("show", str(link["link_id"]))["versions"]
    return version["receipt"]["missing"]


def test_pictures_guarded_by_referer_and_cookie_are_kept(start_browser, site, guarded, linkshot):
    guarded.allow(site.url)
    browser = start_browser()
    browser.open_tab(f"{guarded.url}/login")
    pictures = (
        f"<img src={guarded.url}/referer.png width=20><img src={guarded.url}/cookie.png width=20>"
    )
    tab = browser.open_tab(site.put("/a", f"<!doctype html><title>A</title>{pictures}"))
    popup = browser.open_popup(tab)
    assert popup.wait_for("saved", "waiting", "failed") == "saved", popup.text("state")
    assert missing(linkshot) == []


def test_frame_that_never_loads_does_not_hold_up_the_page(chromium, site, guarded, linkshot):
    browser = chromium()
    body = f"<!doctype html><title>A</title><p>here<iframe src={guarded.url}/never></iframe>"
    popup = browser.open_popup(browser.open_tab(site.put("/a", body), wait_until="commit"))
    assert popup.wait_for("saved", "waiting", "failed", timeout_ms=60_000) == "saved"
    # it shows nothing, and so does the copy
    assert missing(linkshot) == []


# Always a request under way, and the page never the same.
RESTLESS = """<!doctype html><meta charset=utf-8><title>甲</title><p>长江流域<p id=n><script>
setInterval(() => { n.textContent = performance.now(); }, 10);
const ask = () => fetch('/again', {cache: 'no-store'}).finally(ask);
ask();
</script>"""


def test_page_that_never_settles_is_kept_within_a_bound(start_browser, site, linkshot):
    browser = start_browser()
    popup = browser.open_popup(browser.open_tab(site.put("/a", RESTLESS)))
    assert popup.wait_for("saved", "waiting", "failed", timeout_ms=60_000) == "saved"
    assert (linkshot("list")[0]["title"], missing(linkshot)) == ("甲", [])


def test_redirected_sheet_stands_where_it_ended(start_browser, site, linkshot):
    site.put("/style.css", b"", status=302, headers=(("Location", "/deep/real.css"),))
    site.put("/deep/real.css", "p { background: url(near.png) }", media_type="text/css")
    site.put("/deep/near.png", PIXEL, media_type="image/png")
    browser = start_browser()
    body = "<!doctype html><title>A</title><link rel=stylesheet href=style.css><p>here"
    browser.open_popup(browser.open_tab(site.put("/a", body))).wait_for("saved")
    assert missing(linkshot) == []
    [link] = linkshot("list")
    assert linkshot("show", str(link["link_id"]))["versions"][0]["receipt"]["kept"] == 2


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=gb2312"])
def test_page_in_gbk_is_found_by_its_words(start_browser, site, linkshot, wait_until, kind):
    said = "" if "charset" in kind else "<meta charset=gbk>"
    page = f"<!doctype html>{said}<title>水利</title><p>长江流域综合规划"
    browser = start_browser()
    url = site.put("/a", page.encode("gbk"), media_type=kind)
    browser.open_popup(browser.open_tab(url)).wait_for("saved")
    hits = wait_until(lambda: linkshot("search", "流域")["hits"])
    assert [hit["title"] for hit in hits] == ["水利"]
